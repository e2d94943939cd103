/** Looks now and then whether sound leaves this device while a microphone is open. */
export function leaving(
  sent: () => Promise<number>,
  every: number,
  stuck: (so: boolean) => void,
): () => void {
  let before = -1;
  let over = false;

  async function look(): Promise<void> {
    const so = await sent();
    if (over) return;
    stuck(so === before);
    before = so;
  }

  const looks = setInterval(() => void look(), every);
  return () => {
    over = true;
    clearInterval(looks);
    stuck(false);
  };
}

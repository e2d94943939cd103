/** How high the bar at the foot is just now (`--foot`), for what must stand above it: short words, the end of a list. */
export function foot(bar: HTMLElement): () => void {
  const page = document.documentElement.style;
  const watch = new ResizeObserver(() => page.setProperty("--foot", `${bar.offsetHeight}px`));
  watch.observe(bar);
  return () => {
    watch.disconnect();
    page.removeProperty("--foot");
  };
}

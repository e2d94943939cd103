/** What one is writing: it stays when the sheet is closed or the line drops. */
class Draft {
  text = $state("");
  myself = $state(true);
  anonymous = $state(false);
}

export const draft = new Draft();

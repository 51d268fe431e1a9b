// What is wrong with the mail on show, a sentence each: run in the page by test_mails_in_chromium.py.
() => {
  const wrong = [];
  const shown = (node) => node.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour)
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // By day, mail readers put white behind what has no background.
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = channels(colour)[3] ?? 1;
      if (alpha === 1) return colour;
      if (alpha !== 0) wrong.push(`a half transparent background: ${shown(at)}`);
    }
    if (matchMedia("(prefers-color-scheme: dark)").matches) wrong.push(`no background: ${shown(element)}`);
    return "rgb(255, 255, 255)";
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim()) continue;
    const [one, other] = [getComputedStyle(text.parentElement).color, behind(text.parentElement)];
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    const contrast = (bright + 0.05) / (dark + 0.05);
    if (contrast < 4.5) wrong.push(`contrast ${contrast.toFixed(1)}, ${one} on ${other}: ${shown(text)}`);
    const range = document.createRange();
    for (const { index, 0: word } of text.data.matchAll(/e.mail(?![\w.])|\d\d(\s\d\d){4}/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (range.getClientRects().length > 1) wrong.push(`cut by a line: ${word}`);
    }
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.left < 0 || box.right > innerWidth) wrong.push(`out of the screen: ${shown(text)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("it scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element);
    if (style.overflow !== "visible" || style.textOverflow !== "clip") {
      wrong.push(`may be cut: ${shown(element)}`);
    }
  }
  for (const link of document.querySelectorAll("a")) {
    const height = link.getBoundingClientRect().height;
    const inText = getComputedStyle(link).display === "inline";
    if (!inText && height < 44) wrong.push(`${height} px high: ${shown(link)}`);
  }
  return [...new Set(wrong)];
};

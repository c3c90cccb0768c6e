"use strict";
(() => {
  const value = document.getElementById("value");
  const gap = 8;
  let shown = null;

  const hide = () => {
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    value.hidden = true;
  };

  const show = (mark) => {
    hide();
    shown = mark;
    value.textContent = mark.textContent;
    value.hidden = false;
    const place = mark.getBoundingClientRect();
    const box = value.getBoundingClientRect();
    const middle = place.left + place.width / 2 - box.width / 2;
    const left = Math.max(gap, Math.min(middle, document.documentElement.clientWidth - box.width - gap));
    const above = place.top - box.height - gap;
    const top = above >= gap ? above : Math.min(place.bottom + gap, window.innerHeight - box.height - gap);
    value.style.left = `${left}px`;
    value.style.top = `${Math.max(gap, top)}px`;
  };

  // One stop of the tab key a chart; the arrow keys step through its values.
  for (const group of document.querySelectorAll(".marks")) {
    const marks = [...group.children];
    const go = (from, to) => {
      marks[from].tabIndex = -1;
      marks[to].tabIndex = 0;
      marks[to].focus();
    };
    group.addEventListener("keydown", (event) => {
      const at = marks.indexOf(event.target);
      if (at < 0) return;
      const last = marks.length - 1;
      const to = {
        ArrowRight: Math.min(at + 1, last),
        ArrowDown: Math.min(at + 1, last),
        ArrowLeft: Math.max(at - 1, 0),
        ArrowUp: Math.max(at - 1, 0),
        Home: 0,
        End: last,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(at, to);
    });
    for (const mark of marks) {
      mark.addEventListener("mouseenter", () => show(mark));
      mark.addEventListener("mouseleave", hide);
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("blur", hide);
      mark.addEventListener("click", () => show(mark));
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // A focused mark may scroll into view by itself: its value goes with it. Under the mouse, the mark has moved away.
  const follow = () => (shown && shown === document.activeElement ? show(shown) : hide());
  document.addEventListener("scroll", follow, { capture: true, passive: true });

  // A box needs the tab key only while there is something to scroll in it.
  const boxes = [...document.querySelectorAll(".scroll, .chart")];
  const settle = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  };
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)));
  boxes.forEach((box) => watch.observe(box));

  // The contents fold on small screens, where they would push the answer down.
  const contents = document.querySelector("nav details");
  if (contents && window.matchMedia("(max-width: 69.99rem)").matches) contents.open = false;

  window.addEventListener("beforeprint", hide);
})();

// The search over names.js, which build.py writes: [name, what it is, page]. Everything else needs no script.
(() => {
  const box = document.querySelector("search");
  const input = box.querySelector("input");
  const list = box.querySelector("ol");
  box.hidden = false;

  const rank = (name, words) => {
    const text = name.toLowerCase();
    if (!words.every(word => text.includes(word))) return -1;
    if (text === words[0]) return 0;
    return text.startsWith(words[0]) ? 1 : 2;
  };

  const find = text => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    return window.names.map(entry => [rank(entry[0], words), entry])
      .filter(([order]) => order >= 0)
      .sort((a, b) => a[0] - b[0] || a[1][0].length - b[1][0].length)
      .slice(0, 12).map(([, entry]) => entry);
  };

  const show = () => {
    list.replaceChildren(...find(input.value).map(([name, kind, page]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const what = document.createElement("small");
      link.href = page;
      link.textContent = name;
      what.textContent = kind;
      link.append(what);
      item.append(link);
      return item;
    }));
    list.hidden = list.children.length === 0;
  };

  const step = by => {
    const links = [...list.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + by;
    (links[next] ?? input).focus();
  };

  input.addEventListener("input", show);
  box.addEventListener("keydown", event => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && document.activeElement === input) list.querySelector("a")?.click();
    else if (event.key === "Escape") list.hidden = true;
    else return;
    event.preventDefault();
  });
  box.addEventListener("click", event => { if (event.target.closest("a")) list.hidden = true; });
  document.addEventListener("click", event => { if (!box.contains(event.target)) list.hidden = true; });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || document.activeElement === input) return;
    event.preventDefault();
    input.focus();
  });
  if (location.hash.startsWith("#search=")) { // for pictures of it
    input.value = decodeURIComponent(location.hash.slice("#search=".length));
    show();
  }
})();

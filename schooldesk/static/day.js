// Marks what is on now and what comes next by the clock of the district. The page is whole without it.
(function () {
  "use strict";
  var body = document.body, box = document.getElementById("now");
  var button = document.querySelector("[data-print]");
  if (button) {
    button.parentNode.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }
  if (!box || !window.Intl) { return; }

  function clock() {
    var parts = {};
    new Intl.DateTimeFormat("en-CA", {
      timeZone: body.dataset.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit"
    }).formatToParts(new Date()).forEach(function (part) { parts[part.type] = part.value; });
    return { day: parts.year + "-" + parts.month + "-" + parts.day, minute: +parts.hour * 60 + +parts.minute };
  }

  function make(tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text) { made.textContent = text; }
    return made;
  }

  function entry(label, row) {
    var when = make("div", "when"), copy = make("div", row.className);
    row.childNodes.forEach(function (node) { copy.appendChild(node.cloneNode(true)); });
    when.append(make("p", "label", label), copy);
    return when;
  }

  var shown = "";
  function show() {
    var at = clock(), list = make("ul", "nows"), some = false, key = "";
    if (at.day !== body.dataset.day) { return; }
    document.querySelectorAll(".child").forEach(function (child) {
      var item = make("li"), who = make("p", "who"), link = make("a"), next = null, now = [];
      child.querySelectorAll(".day > .b").forEach(function (row) {
        var start = +row.dataset.s, here = start <= at.minute && at.minute < +row.dataset.e;
        if (here) { now.push(row); row.setAttribute("aria-current", "time"); } else { row.removeAttribute("aria-current"); }
        if (!next && start > at.minute && !row.classList.contains("break")) { next = row; }
      });
      link.href = "#" + child.id;
      child.querySelector("h2").childNodes.forEach(function (node) { link.appendChild(node.cloneNode(true)); });
      who.append(link);
      item.append(who);
      now.forEach(function (row) { item.append(entry(box.dataset.now, row)); key += row.dataset.s + ";"; });
      if (next) { item.append(entry(box.dataset.next, next)); key += "n" + next.dataset.s; }
      if (now.length || next) { some = true; } else { item.append(make("p", "none", box.dataset.done)); }
      key += "|";
      list.append(item);
    });
    if (key === shown) { return; }
    shown = key;
    box.replaceChildren();
    if (some) { var title = make("h2", "", box.dataset.title); title.id = "h-now"; box.append(title, list); }
  }
  show();
  setInterval(show, 30000);
})();

/** Keeps an open inbox page up to date, and sends what people decide in its dialogs. */

const announcer = document.getElementById('announcer');
let announceTimer;

function announce(text) {
  announcer.textContent = text;
  announcer.classList.add('shown');
  clearTimeout(announceTimer);
  announceTimer = setTimeout(() => announcer.classList.remove('shown'), 4000);
}

/* Live parts */

let refreshing = false;
let again = false;

/** Fetches the page as it is now and swaps its live parts, one refresh at a time. */
async function refresh() {
  if (refreshing || document.querySelector('dialog[open]')) {
    again = true;
    return;
  }
  refreshing = true;
  again = false;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (answer.ok && !document.querySelector('dialog[open]')) {
      swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } else {
      again = answer.ok;
    }
  } catch {
    // The stream tells again as soon as the service is back.
  } finally {
    refreshing = false;
  }
  if (again && !document.querySelector('dialog[open]')) await refresh();
}

function swap(fresh) {
  const focus = focusKey();
  const versions = new Map(
    [...document.querySelectorAll('[data-key]')].map((row) => [row.dataset.key, row.dataset.version])
  );
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (next && next.innerHTML !== part.innerHTML) part.replaceWith(document.adoptNode(next));
  }
  document.title = fresh.title;
  for (const row of document.querySelectorAll('[data-key]')) {
    if (versions.size > 0 && versions.get(row.dataset.key) !== row.dataset.version) row.classList.add('changed');
  }
  if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
}

/** A selector that finds the focused link or button in the swapped part again. */
function focusKey() {
  const active = document.activeElement;
  if (!active?.closest('[data-live]')) return undefined;
  if (active.dataset.open) return `[data-open="${CSS.escape(active.dataset.open)}"]`;
  const href = active.getAttribute('href');
  return href ? `[data-live] a[href="${CSS.escape(href)}"]` : undefined;
}

let version;
const changes = new EventSource('/inbox/api/changes');
changes.addEventListener('message', ({ data }) => {
  if (version !== undefined && version !== data) void refresh();
  version = data;
});

/* Dialogs and forms */

document.addEventListener('click', ({ target }) => {
  const opener = target.closest('[data-open]');
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (target.closest('[data-close]')) target.closest('dialog')?.close();
});

document.addEventListener(
  'close',
  () => {
    if (again) void refresh();
  },
  true
);

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.matches('[data-filters]')) {
    event.preventDefault();
    applyFilters(form);
  } else if (form.matches('[data-send]')) {
    event.preventDefault();
    void send(form);
  }
});

/** Form fields as JSON; `contact.email` becomes a member of `contact`. */
function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    const [outer, inner] = name.split('.');
    if (inner) values[outer] = { ...values[outer], [inner]: value };
    else values[outer] = value;
  }
  return values;
}

async function send(form) {
  const failure = form.querySelector('.failure');
  const submit = form.querySelector('[type="submit"]');
  failure.hidden = true;
  submit.disabled = true;
  try {
    const answer = await fetch(form.dataset.send, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(valuesOf(form))
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error?.message ?? 'The service refused the change.');
    if (body.location) {
      location.assign(body.location);
      return;
    }
    form.closest('dialog')?.close();
    announce(`Done: ${submit.textContent.trim()}.`);
    await refresh();
  } catch (error) {
    failure.textContent = error.message;
    failure.hidden = false;
  } finally {
    submit.disabled = false;
  }
}

/* Filters */

let filterTimer;
const filters = document.querySelector('[data-filters]');
filters?.addEventListener('input', () => {
  clearTimeout(filterTimer);
  filterTimer = setTimeout(() => applyFilters(filters), 200);
});

function applyFilters(form) {
  clearTimeout(filterTimer);
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
  history.replaceState(null, '', query.size === 0 ? form.action : `${form.action}?${query}`);
  void refresh().then(() => announce(document.querySelector('.count')?.textContent ?? ''));
}

// Pages of pictures: files are sent one by one, each with its progress; what is still looked into is asked for until it
// is done; a click on the picture sets its focal point; a story's lead picture is searched for and chosen. Without it the same forms send themselves.
'use strict';
const MOST = 32 * 1024 * 1024;
const send = document.getElementById('send-pictures');
const sending = document.getElementById('sending');
const words = send && send.elements.words;

function line(name) {
    const row = document.createElement('li');
    const label = document.createElement('bdi');
    label.textContent = name;
    row.append(label, ' ');
    sending.append(row);
    return row;
}

// Resolves whatever happens: one file's failure is not the next one's.
function sendFile(file) {
    const row = line(file.name);
    if (file.size > MOST) {
        row.append(send.dataset.tooLarge);
        return Promise.resolve(false);
    }
    const bar = document.createElement('progress');
    bar.max = file.size;
    bar.value = 0;
    bar.setAttribute('aria-label', file.name);
    row.append(bar);
    return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        const query = new URLSearchParams({ name: file.name, words: words.checked ? '1' : '0' });
        request.open('POST', `/pictures/add?${query}`);
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.setRequestHeader('X-CSRF-Token', document.querySelector('input[name=csrf]').value);
        request.upload.addEventListener('progress', (event) => {
            bar.value = event.loaded;
        });
        request.addEventListener('loadend', () => {
            const good = request.status === 201;
            const plain = /^text\/plain/.test(request.getResponseHeader('Content-Type') || '');
            bar.remove();
            row.append(good ? send.dataset.sent : plain ? request.responseText : send.dataset.failed);
            resolve(good);
        });
        request.send(file);
    });
}

// The parts of the page that change, as they are now.
async function refresh() {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
    if (!answer.ok) {
        return;
    }
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['uploads', 'pictures-list']) {
        const fresh = now.getElementById(id);
        const old = document.getElementById(id);
        if (fresh && old && fresh.innerHTML !== old.innerHTML && !old.contains(document.activeElement)) {
            old.replaceWith(fresh);
        }
    }
}

let asking = false;
async function watch() {
    if (asking) {
        return;
    }
    asking = true;
    while (document.querySelector('#uploads .waiting')) {
        await new Promise((resolve) => setTimeout(resolve, document.hidden ? 10000 : 1500));
        await refresh().catch(() => null);
    }
    asking = false;
}

if (send) {
    send.addEventListener('submit', async (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        const files = [...send.elements.pictures.files];
        const button = send.querySelector('button');
        button.disabled = true;
        for (const file of files) {
            await sendFile(file);
            await refresh().catch(() => null);
            watch();
        }
        send.elements.pictures.value = '';
        button.disabled = false;
    });
    watch();
}

// The focal point, where it was clicked.
const picture = document.querySelector('#picture img');
const x = document.getElementById('focal-x');
const y = document.getElementById('focal-y');
if (picture && x && y) {
    const mark = document.createElement('span');
    mark.className = 'mark';
    picture.parentNode.classList.add('aim');
    picture.parentNode.append(mark);
    const show = () => {
        mark.hidden = x.value === '' || y.value === '';
        mark.style.left = `${picture.offsetLeft + picture.offsetWidth * x.value / 100}px`;
        mark.style.top = `${picture.offsetTop + picture.offsetHeight * y.value / 100}px`;
    };
    picture.addEventListener('click', (event) => {
        const box = picture.getBoundingClientRect();
        x.value = Math.round(Math.min(100, Math.max(0, (event.clientX - box.left) / box.width * 100)));
        y.value = Math.round(Math.min(100, Math.max(0, (event.clientY - box.top) / box.height * 100)));
        show();
    });
    for (const field of [x, y]) {
        field.step = 'any';
        field.addEventListener('input', show);
    }
    addEventListener('resize', show);
    picture.complete ? show() : picture.addEventListener('load', show);
}

// A story's lead picture: what is chosen goes into the field at once, and the field may still be written into.
const choose = document.getElementById('photo-choose');
const photo = document.getElementById('photo');
const choices = choose && choose.querySelector('ul');

// The list's <li> as one to choose.
function choice(item) {
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'photo-pick';
    radio.value = /\/(\d+)$/.exec(item.querySelector('a').pathname)[1];
    const label = document.createElement('label');
    label.append(...[item.querySelector('img')].filter(Boolean), radio, ' ', item.querySelector('.title'));
    const row = document.createElement('li');
    row.append(label);
    return row;
}

async function searchPhotos(text) {
    const answer = await fetch(`/pictures?${new URLSearchParams({ words: text })}`);
    if (answer.ok) {
        const found = new DOMParser().parseFromString(await answer.text(), 'text/html');
        choices.replaceChildren(...[...found.querySelectorAll('#pictures-list li')].map(choice));
    }
}

if (choose && photo) {
    const field = choose.querySelector('[type=search]');
    let timer = 0;
    field.parentNode.querySelector('button').hidden = true;
    choose.addEventListener('change', (event) => {
        if (event.target.type === 'radio' && event.target.value !== '') {
            photo.value = event.target.value;
            photo.dispatchEvent(new Event('input', { bubbles: true }));
        }
    });
    photo.addEventListener('input', (event) => {
        if (event.isTrusted) {
            choose.querySelector('[type=radio][value=""]').checked = true;
        }
    });
    field.addEventListener('input', (event) => {
        event.stopPropagation(); // it is no field of the story
        clearTimeout(timer);
        timer = setTimeout(() => searchPhotos(field.value).catch(() => null), 300);
    });
    field.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
}

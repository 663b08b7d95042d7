// The newspaper that the pictures and the page checkers look at: the demo in English and Russian, a few stories in
// Arabic (arabic/), and beside it papers in states that the demo does not have (states/). `pages` names one page of
// each kind, with its path in the edition, as found in the exported tree.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { KOLOKOL, SOURCE, kolokol, makeDemo, serve, temporary } = require('./harness.js');

// Names of all files below, relative to root. (Node 18's own recursive readdir came late in its life.)
function walk(root, below = '') {
    return fs.readdirSync(path.join(root, below), { withFileTypes: true }).flatMap((entry) => {
        const name = path.join(below, entry.name);
        return entry.isDirectory() ? walk(root, name) : [name];
    });
}

// `date: today-2 08:10` of a story file, as the demo has them, in UTC.
function dated(text, now = new Date()) {
    return text.replace(/^date: today-(\d+) (\d\d:\d\d)$/m, (_, days, time) => {
        const day = new Date(now.getTime() - Number(days) * 86400000);
        return `date: ${day.toISOString().slice(0, 10)}T${time}:00Z`;
    });
}

// Adds every Markdown file of a folder; pictures are those of the demo.
function addStories(newsroom, files) {
    const folder = temporary('stories');
    for (const picture of fs.readdirSync(path.join(SOURCE, 'site/demo/pictures')).filter((name) => /png$/.test(name))) {
        fs.copyFileSync(path.join(SOURCE, 'site/demo/pictures', picture), path.join(folder, picture));
    }
    const copies = files.map((file) => {
        const copy = path.join(folder, path.basename(file));
        fs.writeFileSync(copy, dated(fs.readFileSync(file, 'utf8')));
        return copy;
    });
    kolokol('-C', newsroom, 'import', 'markdown', ...copies, '--publish');
}

// Presses, does what is left in the slow lane (pictures), presses that, and lays the edition out as files.
function finish(newsroom) {
    kolokol('-C', newsroom, 'worker', '--until-idle');
    const exported = path.join(temporary('export'), 'edition');
    kolokol('-C', newsroom, 'edition', 'export', exported);
    return exported;
}

// A designer's files (KOLOKOL_THEME, a folder) take the place of the theme's.
function useTheme(newsroom) {
    if (process.env.KOLOKOL_THEME) {
        fs.cpSync(process.env.KOLOKOL_THEME, path.join(newsroom, 'theme'), { recursive: true });
    }
}

// One page of each kind: the first path that the pattern finds; {p} is the language's prefix.
const KINDS = {
    front: 'index.html', live: /\/(live-district-vote|noch-podscheta|live)\.html$/,
    story: /\/(herring-price|pochem-seledka|ferries)\.html$/,
    opinion: /\/(do-not-thank-us|ne-blagodarite-nas|thanks)\.html$/,
    section: /^section\/[^/]+\/index\.html$/, 'section-year': /^section\/[^/]+\/\d{4}\/index\.html$/,
    'section-month': /^section\/[^/]+\/\d{4}\/\d\d\/index\.html$/,
    topic: /^topic\/[^/]+\/index\.html$/, author: /^author\/[^/]+\/index\.html$/,
    archive: 'archive/index.html', year: /^\d{4}\/index\.html$/, month: /^\d{4}\/\d\d\/index\.html$/,
    day: /^\d{4}\/\d\d\/\d\d\/index\.html$/, about: 'about.html', contact: 'contact.html',
    corrections: 'corrections.html', privacy: 'privacy.html', support: /^support(\/index)?\.html$/,
    newsletters: /^newsletters?(\/index)?\.html$/,
    mirrors: 'mirrors/index.html', search: /^search(\/index)?\.html$/, notfound: '404.html', gone: null, tour: 'tour.html',
};

const NEWSLETTER = { newsletter: /^newsletter\/[^/]+\/latest\.html$/, issues: /^newsletter\/[^/]+\/index\.html$/ };

// A newsletter's pages stand at the root whatever their language; they say themselves which it is.
function newsletterIn(exported, files, language, wanted) {
    return files.find((name) => wanted.test(name) &&
        fs.readFileSync(path.join(exported, name), 'utf8').includes(`<html lang="${language}"`));
}

function find(exported, files, language, main) {
    const prefix = language === main ? '' : `${language}/`;
    const own = files.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    const found = {};
    for (const [kind, wanted] of Object.entries(KINDS)) {
        const name = typeof wanted === 'string' ? own.includes(wanted) && wanted
            : wanted && own.sort().find((one) => wanted.test(one));
        if (name) {
            found[kind] = prefix + name;
        }
    }
    for (const [kind, wanted] of Object.entries(NEWSLETTER)) {
        const name = newsletterIn(exported, files, language, wanted);
        if (name) {
            found[kind] = name;
        }
    }
    return found;
}

// The demo with three languages: {newsroom, exported, pages: {en: {front: path, …}, ru, ar}}. `forms`: where its forms
// are sent, if anybody answers there.
function demo(forms) {
    const newsroom = path.join(temporary('demo'), 'paper');
    makeDemo(newsroom, forms ? { 'forms-urls': forms } : {});
    useTheme(newsroom);
    kolokol('-C', newsroom, 'settings', 'languages', 'en,ru,ar');
    kolokol('-C', newsroom, 'settings', 'name.ar', 'جرس الميناء');
    const arabic = path.join(__dirname, 'arabic');
    const stories = path.join(arabic, 'stories');
    addStories(newsroom, fs.readdirSync(stories).map((name) => path.join(stories, name)));
    kolokol('-C', newsroom, 'newsletter', 'set', path.join(arabic, 'newsletter.md'));
    kolokol('-C', newsroom, 'campaign', 'set', path.join(arabic, 'campaign.md'));
    withdraw(newsroom);
    const exported = finish(newsroom);
    const files = walk(exported).filter((name) => name.endsWith('.html'));
    const pages = Object.fromEntries(['en', 'ru', 'ar'].map((language) => [language, find(exported, files, language, 'en')]));
    pages.en.gone = files.find((name) => /withdrawn-story\.html$/.test(name));
    return { newsroom, exported, pages, files };
}

// A story that was published and withdrawn leaves the page "gone".
function withdraw(newsroom) {
    const file = path.join(temporary('gone'), 'gone.md');
    fs.writeFileSync(file, '---\nid: gone\ntitle: A withdrawn story\nslug: withdrawn-story\nlanguage: en\n' +
        'status: published\n---\nIt was wrong.\n');
    const id = /\d+/.exec(kolokol('-C', newsroom, 'story', 'add', file))[0];
    kolokol('-C', newsroom, 'press');
    kolokol('-C', newsroom, 'story', 'withdraw', id);
}

// A paper in another state: `stories` are Markdown texts.
function state(name, stories, languages = 'en') {
    const newsroom = path.join(temporary(name), 'paper');
    kolokol('init', '--name', 'The Test Bell', '--languages', languages, newsroom);
    useTheme(newsroom);
    if (stories.length > 0) {
        const folder = temporary(`${name}-stories`);
        addStories(newsroom, stories.map((text, i) => {
            const file = path.join(folder, `story-${i}.md`);
            fs.writeFileSync(file, text);
            return file;
        }));
    }
    return { newsroom, exported: finish(newsroom) };
}

// The address of a `stand` that serves the newsroom on a free port, without a slash at its end.
async function stand(newsroom) {
    const ini = path.join(newsroom, 'kolokol.ini');
    const text = fs.readFileSync(ini, 'utf8').replace(/^[#;]?\s*stand\s*=.*$/m, 'stand = 127.0.0.1:0');
    fs.writeFileSync(ini, text);
    const [, port] = await serve(KOLOKOL, ['-C', newsroom, 'stand'], /127\.0\.0\.1:(\d+)/);
    return `http://127.0.0.1:${port}`;
}

// The address of a plain nginx that serves an exported edition.
async function nginx(exported) {
    const folder = temporary('nginx');
    fs.mkdirSync(path.join(folder, 'logs'));
    const config = path.join(folder, 'nginx.conf');
    const socket = require('node:net').createServer();
    const port = await new Promise((resolve) => socket.listen(0, '127.0.0.1', () => resolve(socket.address().port)));
    await new Promise((resolve) => socket.close(resolve));
    const user = process.getuid() === 0 ? 'user root;' : '';
    fs.writeFileSync(config, `${user} daemon off; pid ${folder}/pid; error_log stderr notice; events {}
        http { include /etc/nginx/mime.types; access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
        fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
        server { listen 127.0.0.1:${port}; root ${exported}; } }`);
    await serve('/usr/sbin/nginx', ['-c', config, '-p', folder], /start worker process/);
    return `http://127.0.0.1:${port}`;
}

module.exports = { demo, nginx, stand, state, walk };

// Every page of the office, at three widths, in front of axe, light and dark: those that the table of rows names (printed by
// office_rows.c), so that a new one is not forgotten. A row that is no page says what it is.
'use strict';
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { BUILD, assert, kolokol, run } = require('./harness.js');
const { at, judge, openOffice, setUpSecond, signedIn, tab } = require('./office.js');
const { kept, save, type } = require('./writing.js');

const found = {}; // what stands for {story} and the like
const tabs = {};

// Who opens it, and where; or what it is that no person reads as a page.
const ROWS = {
    'today': ['reporter', ''],
    'story-list': ['editor', 'stories'],
    'story-calendar': ['editor', 'stories/calendar'],
    'story-find': 'data for the script',
    'story-new': ['reporter', 'stories/new'],
    'story-show': ['editor', 'stories/{draft}'],
    'story-out': ['editor', 'stories/{story}/out', 'leads back once readers have it; waiting is test_office_day.js'],
    'story-discard-ask': ['editor', 'stories/{draft}/discard'],
    'story-history': ['editor', 'stories/{draft}/history'],
    'story-revision': ['editor', 'stories/{draft}/history/2'],
    'story-unsaved': ['editor', 'stories/{draft}/unsaved/{reporter}'],
    'picture-list': ['editor', 'pictures'],
    'erasures': ['chief', 'erasures'],
    'takedown': ['chief', 'stories/{story}/take-down'],
    'withhold': ['chief', 'erasures/name'],
    'live-list': ['editor', 'stories/{live}/live'],
    'live-entry': ['editor', 'stories/{live}/live/{entry}'],
    'picture-find': 'data for the script',
    'picture-upload': 'data for the script',
    'picture-show': ['editor', 'pictures/{picture}'],
    'picture-small': 'a picture',
    'picture-wide': 'a picture',
    'campaigns': ['fundraiser', 'campaigns'],
    'campaign-new': ['fundraiser', 'campaigns/new'],
    'campaign': ['fundraiser', 'campaigns/{campaign}'],
    'gift-totals': ['fundraiser', 'gifts'],
    'newsletters': ['editor', 'newsletters'],
    'newsletter-new': ['editor', 'newsletters/new'],
    'newsletter': ['editor', 'newsletters/{newsletter}'],
    'issue': ['editor', 'issues/{issue}'],
    'issue-html': 'a letter to readers, in a frame',
    'issue-ask': ['editor', 'issues/{issue}/send'],
    'settings': ['chief', 'settings'],
    'languages': ['chief', 'settings/languages'],
    'paper': ['editor', 'paper'],
    'front': ['editor', 'front'],
    'front-slot': ['editor', 'front/1'],
    'section-list': ['chief', 'sections'],
    'section-show': ['chief', 'sections/{section}'],
    'topic-list': ['editor', 'topics'],
    'topic-show': ['editor', 'topics/{topic}'],
    'author-list': ['editor', 'authors'],
    'author-show': ['editor', 'authors/{author}'],
    'redirect-list': ['editor', 'redirects'],
    'page-list': ['editor', 'pages'],
    'theme-list': ['chief', 'theme'],
    'theme-file': ['chief', 'theme/story.mustache'],
    'theme-look': ['chief', 'theme/story.mustache/look'],
    'theme-page': 'a page of the newspaper, in a frame',
    'theme-page-path': 'a page of the newspaper, in a frame',
    'sign-in': ['stranger', 'sign-in'],
    'robots': 'a line for robots',
    'link': ['stranger', '{link}'],
    'forgot': ['stranger', 'forgot'],
    'second': ['halfway', 'second-factor'],
    'account-second': ['reporter', 'account/second-factor'],
    'tokens': ['reporter', 'account/tokens'],
    'staff-tokens': ['admin', 'staff/tokens'],
    'jobs': ['admin', 'jobs'],
    'outbox': ['admin', 'outbox'],
    'outbox-mail': ['admin', 'outbox/{mail}'],
    'staff': ['admin', 'staff'],
    'person': ['admin', 'staff/{reporter}'],
    'audit': ['admin', 'audit'],
    'lock': ['admin', 'lock'],
    'account': ['reporter', 'account'],
    'asset': 'a file',
    'story-preview': ['editor', 'stories/{draft}/preview'],
    'story-draft': 'a page of the newspaper, in the frame of story-preview: no script runs in it, axe neither',
    'story-draft-path': 'what a page of the newspaper loads, in a frame',
    'story-weight': 'data for the script',
    'story-readings': ['editor', 'stories/{draft}/reading'],
    'reading': ['stranger', '{reading}'],
    'reading-page': 'a page of the newspaper, in a frame',
    'story-translation': ['editor', 'stories/{translated}/translation'],
};

function rows() {
    const done = spawnSync(path.join(BUILD, 'tests/browser/office_rows'), { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout.trim().split('\n').map((line) => line.split(' ')[0]);
}

// ---- There is something to see ---------------------------------------------------------------------------------

// The last part of the first such link on a page, with what is asked after it.
async function first(page, place, selector) {
    await page.goto(`${at.office}/${place}`);
    return /[^/]+$/.exec(await page.locator(selector).first().getAttribute('href'))[0];
}

async function people() {
    for (const role of ['reporter', 'editor', 'chief', 'fundraiser']) {
        tabs[role] = await signedIn(role);
    }
    tabs.stranger = await tab();
    tabs.admin = await tab();
    await tabs.admin.goto(at.links['first admin']);
    await tabs.admin.locator('#name').fill('Ada Admin');
    await tabs.admin.locator('#email').fill('ada@harbour-bell.example');
    await tabs.admin.locator('#new').fill('correct horse battery');
    await tabs.admin.locator('main button.strong').click();
    await setUpSecond(tabs.admin);
    tabs.halfway = await tab(); // the password is right, the code is still to come
    await tabs.halfway.goto(`${at.office}/sign-in`);
    await tabs.halfway.locator('#email').fill('ada@harbour-bell.example');
    await tabs.halfway.locator('#password').fill('correct horse battery');
    await tabs.halfway.locator('main button.strong').click();
    const staff = kolokol('-C', at.newsroom, 'staff', 'list', '--json').trim().split('\n').map((line) => JSON.parse(line));
    found.reporter = staff.find((person) => person.role === 'reporter').id;
}

// Two versions, a comment, and what a colleague has typed and not saved.
async function draft() {
    const { editor, reporter } = tabs;
    await editor.goto(`${at.office}/stories/new`);
    await editor.locator('#title').fill('What the harbour master did not say');
    await editor.locator('main button.strong').click();
    await type(editor, 0, 'He did not say much.');
    await save(editor);
    found.draft = /\d+/.exec(new URL(editor.url()).pathname)[0];
    await editor.locator('#comment').fill('Who says so?');
    await editor.locator('form[action$=comment] button').click();
    await reporter.goto(`${at.office}/stories/${found.draft}`);
    await type(reporter, 0, ' And went home.');
    await kept(reporter);
    await reporter.goto(`${at.office}/stories`);
}

async function links() {
    await tabs.editor.goto(`${at.office}/stories/${found.draft}/reading`);
    await tabs.editor.locator('#name').fill('A lawyer');
    await tabs.editor.locator('form:has(#name) button.strong').click();
    found.reading = /read\/[\w-]{20,}/.exec(await tabs.editor.locator('.token code').textContent())[0];
    const said = kolokol('-C', at.newsroom, 'staff', 'add', 'Boris Ilyin', 'boris@harbour-bell.example', '--role', 'reporter');
    found.link = /link\/[0-9a-f]{32}/.exec(said)[0];
    kolokol('-C', at.newsroom, 'worker', '--lane', 'mail', '--until-idle');
}

async function pages() {
    const { admin, chief, editor, fundraiser } = tabs;
    found.story = await first(editor, 'stories?words=ferry+crews', 'table.stories a');
    found.translated = found.story;
    found.live = await first(editor, 'stories?words=dockside+vote', 'table.stories a');
    found.entry = await first(editor, `stories/${found.live}/live`, `main a[href*="/live/"]`);
    found.picture = await first(editor, 'pictures', '.pictures a');
    found.newsletter = await first(editor, 'newsletters', 'main a[href^="/newsletters/"]:not([href$=new])');
    await editor.goto(`${at.office}/newsletters/${found.newsletter}`);
    await editor.locator('form[action$=compose] button').first().click();
    await editor.waitForURL(/\/issues\/\d+/);
    found.issue = /\d+/.exec(new URL(editor.url()).pathname)[0];
    found.topic = await first(editor, 'topics', 'tbody th a');
    found.author = await first(editor, 'authors', 'tbody th a');
    found.section = await first(chief, 'sections', 'tbody th a');
    found.mail = await first(admin, 'outbox', 'main a[href^="/outbox/"]');
    found.campaign = await first(fundraiser, 'campaigns', 'tbody th a');
}

// ---- Judged ----------------------------------------------------------------------------------------------------

async function judged(wrong, role, place, leads = '') {
    const where = place.replace(/\{(\w+)\}/g, (all, name) => found[name] ?? assert.fail(all));
    const page = tabs[role];
    const reply = await page.goto(`${at.office}/${where}`);
    const there = new URL(page.url()).pathname === `/${where.replace(/\?.*/, '')}`;
    if (reply.status() !== 200 || (!there && leads === '')) {
        wrong.push(`${place}: ${reply.status()} at ${page.url()}`);
        return;
    }
    await page.waitForTimeout(200); // the editor, small pictures
    wrong.push(...await judge(page));
}

async function every() {
    const wrong = [];
    await Promise.all(Object.keys(tabs).map(async (role) => { // each in its own tab
        for (const row of Object.values(ROWS).filter((one) => one[0] === role)) {
            await judged(wrong, ...row);
        }
    }));
    assert.deepEqual(wrong, []);
    for (const page of Object.values(tabs)) {
        assert.deepEqual(page.complaints, []);
    }
}

// Each name that is parted by commas is offered, not the first only.
async function offered() {
    const page = tabs.editor;
    await page.goto(`${at.office}/stories/${found.draft}`);
    const options = () => page.locator('#topics').evaluate((field) => [...field.list.options].map((option) => option.value));
    const [one] = await options();
    await page.locator('#topics').fill('Ships, s');
    assert.equal((await options())[0], `Ships, ${one}`);
    await page.locator('#topics').fill('');
    assert.equal((await options())[0], one);
}

run([
    ['office-every/each row says what it is', () => assert.deepEqual(rows().sort(), Object.keys(ROWS).sort())],
    ['office-every/something has happened', async () => {
        await openOffice();
        await people();
        await draft();
        await links();
        await pages();
    }],
    ['office-every/axe, three widths, light and dark', every],
    ['office-every/names parted by commas are offered', offered],
]);

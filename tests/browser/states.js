// The states of a paper that every page must be handsome in and that the demo does not show.
'use strict';

const WORDS = 'The harbour opened again on Thursday after eleven weeks, and nobody could say who had closed it.';

function story(number, { title = `Story number ${number} of a paper with many`, section = 'City', photo = '', lead = '' } = {}) {
    const picture = photo && `photo: ${photo}\ncaption: A picture.\ncredit: Ilya Sten / HARBOUR PICTURES\nalt: A scene.\n`;
    return `---\nid: s${number}\ntitle: "${title}"\nslug: story-${number}\ndate: today-${1 + (number % 9)} 10:00\nlanguage: en\n` +
        `section: ${section}\n${lead && `lead: "${lead}"\n`}${picture}status: published\n---\n${WORDS}\n`;
}

const SECTIONS = ['City', 'Politics', 'Courts', 'Economy', 'Culture'];
const LONG = 'After eleven weeks of silence the harbour directorate announces, in a statement of ninety-one words of ' +
    'which forty are “temporarily”, the reopening of a Donaudampfschifffahrtsgesellschaft pier that was never closed';

module.exports = {
    empty: [],
    one: [story(1, { lead: WORDS })],
    forty: Array.from({ length: 40 }, (_, i) => story(i, {
        section: SECTIONS[i % 5], lead: i % 3 ? WORDS : '', photo: i % 4 === 1 ? 'harbour.png' : '',
    })),
    long: [story(1, { title: LONG, photo: 'harbour.png', lead: `${WORDS} ${WORDS}` }), story(2, { title: LONG }),
        ...Array.from({ length: 8 }, (_, i) => story(3 + i, { title: i % 2 ? LONG : undefined }))],
    plain: Array.from({ length: 24 }, (_, i) => story(i, { section: SECTIONS[i % 5], lead: WORDS })),
};

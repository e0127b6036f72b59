/**
 * What the journeys look for on the pages, in both languages. A journey finds things as a person does, by role and
 * words; so a changed word changes here, once.
 */

/** @satisfies {Record<import('./harness.mjs').Locale, Record<string, string | RegExp>>} */
export const words = {
  'zh-CN': {
    report: '我要反映',
    what: '发生了什么',
    where: '在哪里',
    send: '提交',
    received: '已收到',
    take: '开始处理',
    answer: '办理结果',
    finish: '办结',
    awaiting: /请.*确认/,
    confirm: '已经解决',
    closed: '已办结',
  },
  en: {
    report: 'Report a matter',
    what: 'What happened',
    where: 'Where',
    send: 'Send',
    received: 'Received',
    take: 'Start work',
    answer: 'What was done',
    finish: 'Done',
    awaiting: /please confirm/i,
    confirm: 'It is solved',
    closed: 'Closed',
  },
};

/**
 * What the filler says, in four languages: its own pages and what the form engine puts around questions.
 *
 * @module words
 */
import TEXTS from "./texts.json";

export const LANGUAGES = [["en", "English"], ["az", "Azərbaycanca"], ["ru", "Русский"], ["tg", "Тоҷикӣ"]];
const COLUMNS = LANGUAGES.map(([code]) => code);
/** Months and days as the calendar of the form engine wants them; weeks begin on Monday. */
const CALENDARS = {
  en: ["January February March April May June July August September October November December", "Sun Mon Tue Wed Thu Fri Sat"],
  az: ["yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr", "B. B.e. Ç.a. Ç. C.a. C. Ş."],
  ru: ["январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь", "вс пн вт ср чт пт сб"],
  tg: ["январ феврал март апрел май июн июл август сентябр октябр ноябр декабр", "Яш Дш Сш Чш Пш Ҷм Шн"],
};
let chosen = "en";

/** @param {string} code */
export function choose(code) {
  chosen = COLUMNS.includes(code) ? code : "en";
  document.documentElement.lang = chosen;
}

export const language = () => chosen;

/**
 * A text in the chosen language; `{name}` is replaced by the value of that name.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const text = TEXTS[key]?.[COLUMNS.indexOf(chosen)] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const two = (number) => String(number).padStart(2, "0");

/** A moment as readers of all four languages write it: 23.11.2026, 14:05. @param {number} moment */
export function when(moment) {
  const day = new Date(moment);
  return `${two(day.getDate())}.${two(day.getMonth() + 1)}.${day.getFullYear()}, ${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** What the calendar and the lists of the form engine say. */
export function controls() {
  const [months, days] = CALENDARS[chosen].map((line) => line.split(" "));
  const short = months.map((name) => name.slice(0, 3));
  const aria = { close: say("p_close"), next: say("p_next"), previous: say("p_previous"), chooseDate: say("p_date") };
  const more = { nextMonth: say("p_next"), prevMonth: say("p_previous"), nextYear: say("p_next"), prevYear: say("p_previous") };
  return {
    monthNames: months, monthNamesShort: short, dayNames: days, dayNamesShort: days, dayNamesMin: days,
    dateFormat: "dd.mm.yy", firstDayOfWeek: 1, today: say("p_today"), clear: say("p_clear"), emptyMessage: say("p_empty"),
    emptyFilterMessage: say("p_empty"), emptySearchMessage: say("p_empty"), emptySelectionMessage: say("p_empty"),
    selectionMessage: say("p_selected"), chooseDate: say("p_date"), choose: say("p_choose"), cancel: say("w_cancel"),
    aria: { ...aria, ...more },
  };
}

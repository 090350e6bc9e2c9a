// Names in the scripts that real customers have, each with a Latin spelling for the e-mail address and the currency that goes with it.

export interface Locale {
	/** Native and Latin spelling, in this order. */
	readonly given: readonly [Name, ...Name[]];
	readonly family: readonly [Name, ...Name[]];
	/** ISO 4217. */
	readonly currency: string;
}

type Name = readonly [native: string, latin: string];

export const locales: readonly [Locale, ...Locale[]] = [
	{
		given: same('Emma', 'Liam', 'Grace', 'Noah', 'Ruby', 'Owen', 'Hazel', 'Miles'),
		family: same('Carter', 'Brooks', 'Hughes', 'Foster', 'Reid', 'Walsh', 'Palmer', 'Quinn'),
		currency: 'USD',
	},
	{
		given: same('Oliver', 'Amelia', 'Harriet', 'Alfie', 'Imogen', 'Callum'),
		family: same('Whitaker', 'Ashworth', 'Pemberton', 'Langley', 'Thorne', "O'Neill"),
		currency: 'GBP',
	},
	{
		given: [
			['Jürgen', 'juergen'],
			['Anneliese', 'anneliese'],
			['Björn', 'bjoern'],
			['Käthe', 'kaethe'],
			['Matthias', 'matthias'],
		],
		family: [
			['Müller', 'mueller'],
			['Groß', 'gross'],
			['Schäfer', 'schaefer'],
			['von der Heide', 'vonderheide'],
			['Weiß', 'weiss'],
		],
		currency: 'EUR',
	},
	{
		given: [
			['Zoë', 'zoe'],
			['François', 'francois'],
			['Anaïs', 'anais'],
			['Inès', 'ines'],
		],
		family: [
			['Lefèvre', 'lefevre'],
			['Béranger', 'beranger'],
			['Peña', 'pena'],
			["D'Angelo", 'dangelo'],
		],
		currency: 'EUR',
	},
	{
		given: [
			['Łukasz', 'lukasz'],
			['Żaneta', 'zaneta'],
			['Šárka', 'sarka'],
			['Ümit', 'umit'],
		],
		family: [
			['Wójcik', 'wojcik'],
			['Dvořák', 'dvorak'],
			['Çelik', 'celik'],
			['Kovács', 'kovacs'],
		],
		currency: 'PLN',
	},
	{
		given: [
			['Мария', 'maria'],
			['Дмитро', 'dmytro'],
			['Елена', 'elena'],
		],
		family: [
			['Соколова', 'sokolova'],
			['Шевченко', 'shevchenko'],
			['Петров', 'petrov'],
		],
		currency: 'EUR',
	},
	{
		given: [
			['Νίκος', 'nikos'],
			['Ελένη', 'eleni'],
		],
		family: [
			['Παπαδόπουλος', 'papadopoulos'],
			['Ιωάννου', 'ioannou'],
		],
		currency: 'EUR',
	},
	{
		given: [
			['فاطمة', 'fatima'],
			['يوسف', 'yusuf'],
			['مريم', 'maryam'],
		],
		family: [
			['الصباح', 'alsabah'],
			['العتيبي', 'alotaibi'],
			['حداد', 'haddad'],
		],
		currency: 'KWD',
	},
	{
		given: [
			['נועה', 'noa'],
			['איתן', 'eitan'],
		],
		family: [
			['לוי', 'levi'],
			['מזרחי', 'mizrahi'],
		],
		currency: 'ILS',
	},
	{
		given: [
			['伟', 'wei'],
			['秀英', 'xiuying'],
			['思远', 'siyuan'],
		],
		family: [
			['王', 'wang'],
			['欧阳', 'ouyang'],
			['李', 'li'],
		],
		currency: 'CNY',
	},
	{
		given: [
			['さくら', 'sakura'],
			['健太', 'kenta'],
			['ユウキ', 'yuki'],
		],
		family: [
			['佐藤', 'sato'],
			['髙橋', 'takahashi'],
			['渡邉', 'watanabe'],
		],
		currency: 'JPY',
	},
	{
		given: [
			['서연', 'seoyeon'],
			['민준', 'minjun'],
		],
		family: [
			['김', 'kim'],
			['박', 'park'],
		],
		currency: 'KRW',
	},
	{
		given: [
			['สมชาย', 'somchai'],
			['กัญญา', 'kanya'],
		],
		family: [
			['ใจดี', 'jaidee'],
			['ศรีสุข', 'srisuk'],
		],
		currency: 'THB',
	},
	{
		given: [
			['प्रिया', 'priya'],
			['अर्जुन', 'arjun'],
		],
		family: [
			['शर्मा', 'sharma'],
			['चतुर्वेदी', 'chaturvedi'],
		],
		currency: 'INR',
	},
];

/** Names that are written the same way in an e-mail address but for case and punctuation. */
function same(first: string, ...others: readonly string[]): [Name, ...Name[]] {
	return [asName(first), ...others.map(asName)];
}

function asName(native: string): Name {
	return [native, native.toLowerCase().replace(/[^a-z]/g, '')];
}

// Every word of the interface, in both languages.
const WORDS = {
  skip: ['跳到图谱', 'Skip to the graph'], app: ['扬帆图谱', 'Yangfan graph'],
  search: ['搜索', 'Search'], searchHint: ['搜索名称、拼音、别名或原文', 'Search names, pinyin, aliases, quotes'],
  nothing: ['没有找到', 'Nothing found'], inText: ['原文', 'text'], suggestions: ['{0} 条结果', '{0} results'],
  net: ['图谱', 'Network'], table: ['表格', 'Table'], glance: ['概览', 'At a glance'], views: ['视图', 'View'],
  language: ['English', '中文'], languageShort: ['EN', '中'], languageHint: ['切换为英文', 'Switch to Chinese'],
  toDark: ['深色', 'Dark theme'], toLight: ['浅色', 'Light theme'], share: ['复制链接', 'Copy link'], copied: ['链接已复制', 'Link copied'],
  save: ['导出', 'Export'], help: ['快捷键与说明', 'Shortcuts and help'], close: ['关闭', 'Close'],
  filters: ['图例与筛选', 'Legend and filters'], classes: ['类别', 'Classes'], relations: ['关系', 'Relations'], basis: ['依据', 'Basis'],
  domain: ['领域', 'Domain'], industry: ['行业', 'Industry'], any: ['全部', 'All'], reset: ['清除筛选', 'Clear filters'],
  all: ['全选', 'All'], none: ['全不选', 'None'], only: ['仅看', 'only'],
  stated: ['原文明示', 'Stated'], inferred: ['规则推断', 'Inferred'], curated: ['人工补充', 'Curated'],
  statedWhy: ['引用的原文直接说出', 'the quoted text says it'], inferredWhy: ['由规则从其他陈述得出', 'a rule concluded it'],
  curatedWhy: ['由人注明来源后加入', 'a person asserted it, with a source'],
  proposed: ['他方提议', 'Proposed'], proposedWhy: ['由其他工具提出，引文已核对；图谱并不断言', 'another tool proposed it and its quote was verified; the graph does not assert it'],
  proposedBy: ['提出者', 'Proposed by'], proposals: ['另有 {0} 条他方提议，不计在内', '{0} more are only proposed and not counted'],
  layout: ['布局', 'Layout'], structure: ['结构', 'Structure'], byDomain: ['按领域', 'By domain'], force: ['力导向', 'Force'], tree: ['树形', 'Tree'],
  undo: ['后退（撤销）', 'Back (undo)'], redo: ['前进（重做）', 'Forward (redo)'], zoomIn: ['放大', 'Zoom in'], zoomOut: ['缩小', 'Zoom out'],
  fit: ['适应窗口', 'Fit to window'], physics: ['物理模拟', 'Physics'], physicsOff: ['停止物理模拟', 'Stop physics'],
  overview: ['总览', 'Overview'], whole: ['全图', 'Whole graph'], scene: ['范围', 'Scope'],
  details: ['详情', 'Details'], source: ['原文', 'Source text'], path: ['路径', 'Path'],
  focus: ['聚焦邻域', 'Focus on neighbourhood'], steps: ['{0} 步', '{0} step(s)'], endFocus: ['退出聚焦', 'Leave focus'],
  unfold: ['展开 {0} 项细节', 'Unfold {0} details'], foldUp: ['收起细节', 'Fold details'], hideNode: ['隐藏', 'Hide'],
  pathFrom: ['由此找路径', 'Path from here'], centre: ['居中', 'Centre'], expandPlan: ['打开此计划', 'Open this plan'],
  hiddenNodes: ['已隐藏', 'Hidden'], restore: ['恢复显示', 'Show again'], unfoldAll: ['展开全部', 'Unfold all'], foldAll: ['收起全部', 'Fold all'],
  attributes: ['属性', 'Attributes'], aliases: ['别名', 'Also called'], edges: ['关系与原文', 'Edges and their quotes'],
  out: ['→', '→'], into: ['←', '←'], statements: ['{0} 条依据', '{0} statements'], who: ['谁说的？', 'Who says so?'],
  place: ['第 {0}–{1} 字', 'characters {0}–{1}'], showText: ['在原文中查看', 'Show in the text'], rule: ['规则', 'Rule'], wording: ['用语', 'In words'], from: ['据以推断', 'Concluded from'],
  asserted: ['来源', 'Source'], noted: ['说明', 'Note'], copyIri: ['复制标识', 'Copy IRI'], moreEdges: ['再显示 {0} 条', 'Show {0} more'],
  pick: ['点选图中的节点或连线，查看它的属性与原文依据。', 'Select a node or a line to see its attributes and the text that says so.'],
  pathA: ['起点', 'From'], pathB: ['终点', 'To'], noPath: ['两者之间没有路径（在当前筛选之下）。', 'No path between them (under the current filters).'],
  pathHint: ['选择两个节点，显示连接它们的最短的一串原文。', 'Choose two nodes to see the shortest chain of quotes between them.'], swap: ['对调', 'Swap'],
  pathIs: ['{0} 步', '{0} step(s)'], choose: ['输入名称', 'Type a name'],
  sentence: ['此句说出 {0} 条关系', 'This sentence states {0} edges'], textHint: ['点一句，看它说出的关系，或为何没有。', 'Choose a sentence to see what it states, or why it states nothing.'],
  fates: ['每句话的去向', 'What became of each sentence'], fateOfThis: ['这句话的去向', 'What became of this sentence'], sentencesN: ['{0} 句', '{0} sentences'],
  holdsSigns: ['其中有{0}', 'holds {0}'], openFirst: ['含数字、期限、机构或工作用词的在前；点一句，跳到原文。', 'Those with a number, a deadline, a body or a word of work come first; choose one to see it in the text.'],
  moreSentences: ['再列 {0} 句', 'List {0} more'], texts: ['逐句核对', 'Sentence by sentence'],
  nodes: ['节点', 'Nodes'], edgesT: ['关系', 'Edges'], name: ['名称', 'Name'], otherName: ['英文名称', 'Chinese name'], cls: ['类别', 'Class'], degree: ['关系数', 'Edges'], subject: ['主体', 'Subject'],
  relation: ['关系', 'Relation'], object: ['客体', 'Object'], quote: ['原文', 'Quote'], rows: ['共 {0} 行', '{0} rows'], showMore: ['再显示 {0} 行', 'Show {0} more rows'], showMoreOf: ['再显示 {0} 项', 'Show {0} more'],
  sortBy: ['按此列排序', 'Sort by this column'], tableNodes: ['节点表', 'Table of nodes'], tableEdges: ['关系表', 'Table of edges'],
  counts: ['数量', 'Counts'], shares: ['依据构成', 'Shares by basis'], byDomains: ['领域与行业', 'Domains and industries'], byActions: ['行动与行业', 'Actions and industries'],
  targets: ['指标与目标值', 'Indicators and targets'], declared: ['声明数量核对', 'Declared counts checked'], noTarget: ['文中未给出数值', 'no value in the text'],
  found: ['列出 {0}', '{0} listed'], holds: ['相符', 'holds'], fails: ['不符', 'does not hold'], declaredCount: ['声明', 'Declared'], foundCount: ['列出', 'Listed'], verdict: ['结果', 'Verdict'],
  observed: ['观测', 'observed'], target: ['目标', 'target'], perIndustry: ['{0} 个行业', '{0} industries'], noDomain: ['未归领域', 'no domain'], tasks: ['任务', 'tasks'],
  png: ['PNG 图片', 'PNG picture'], svg: ['SVG 矢量图', 'SVG drawing'], csvNodes: ['CSV 节点', 'CSV of nodes'], csvEdges: ['CSV 关系（含原文）', 'CSV of edges (with quotes)'],
  json: ['JSON', 'JSON'], turtle: ['Turtle', 'Turtle'], print: ['打印', 'Print'], saved: ['已保存 {0}', 'Saved {0}'],
  licence: ['图谱许可', 'Graph licence'], version: ['版本', 'Version'], hash: ['文本 SHA-256', 'Text SHA-256'], number: ['文号', 'Document number'], sourceIs: ['来源', 'Source'],
  moreFacts: ['更多', 'More'], lessFacts: ['收起', 'Less'], moreSources: ['共 {0} 份来源', '{0} sources'], canvas: ['网络图。用方向键在节点间移动，回车打开详情，Tab 离开。', 'Network. Arrow keys move between nodes, Enter opens details, Tab leaves.'],
  selected: ['已选中 {0}，{1}，{2} 条关系', 'Selected {0}, {1}, {2} edges'], shortcuts: ['快捷键', 'Shortcuts'], singleKeys: ['启用单键快捷键', 'Use single-key shortcuts'],
  issuers: ['发布机构', 'Issuing bodies'], goals: ['原则与目标', 'Principles and goals'], actions: ['专项行动', 'Special actions'], projects: ['重点工程', 'Key projects'],
  domains: ['领域与行业', 'Domains and industries'], indicators: ['量化指标', 'Indicators'], safeguards: ['保障措施', 'Safeguards'],
  technologies: ['技术与场景', 'Technologies and scenarios'], documents: ['文件', 'Documents'], bodies: ['相关机构', 'Other bodies'], tasksBlock: ['任务', 'Tasks'],
  community: ['社群 {0}', 'Community {0}'], members: ['{0} 个节点', '{0} nodes'], own: ['自译', 'own translation'], official: ['官方译名', 'official name'],
  yes: ['是', 'yes'], no: ['否', 'no'], menu: ['筛选', 'Filters'], expand: ['放大面板', 'Larger panel'], several: ['选中 {0} 个节点、{1} 条关系', '{0} nodes and {1} edges selected'],
  noCanvas: ['图中没有可显示的节点：请放宽筛选。', 'Nothing to draw: loosen the filters.'], loading: ['正在打开原文…', 'Opening the text…'], year: ['{0} 年', '{0}'],
  plansTitle: ['政策计划图谱（{0} 份计划）', 'Policy plans ({0} plans)'],
  moreLines: ['另有 {0} 条线在此经过', '{0} more lines pass here'], relationsHere: ['共 {0} 条关系，点击列出', '{0} relations, click to list them'],
  plansN: ['{0} 份计划', '{0} plans'], plansN1: ['{0} 份计划', '{0} plan'], tasksN: ['{0} 项任务', '{0} tasks'], tasksN1: ['{0} 项任务', '{0} task'],
  measuresN: ['{0} 项举措', '{0} measures'], measuresN1: ['{0} 项举措', '{0} measure'],
  targetsN: ['{0} 个目标', '{0} targets'], targetsN1: ['{0} 个目标', '{0} target'], nothingSaid: ['没有相关的计划、任务或目标', 'no plan, task or target speaks of it'],
  askAbout: ['看一项', 'Look at one'], programmes: ['专项与工程', 'Actions and projects'], yearIs: ['年份', 'Year'], askThis: ['看它的计划、任务与目标', 'Its plans, tasks and targets'],
  pptx: ['PPTX 幻灯片', 'PPTX slide'], xlsx: ['XLSX 工作簿（含原文）', 'XLSX workbook (with quotes)'], csvRows: ['CSV 清单（含数值、单位、年份）', 'CSV list (value, unit, year)'],
  title: ['标题', 'Title'], date: ['日期', 'Date'], listT: ['清单', 'List'], about: ['说明', 'About'], planIs: ['计划', 'Plan'], role: ['角色', 'Role'], deadline: ['期限', 'Deadline'],
  comparator: ['比较', 'Comparator'], value: ['数值', 'Value'], lower: ['下限', 'Lower'], upper: ['上限', 'Upper'], unit: ['单位', 'Unit'], document: ['文件', 'Document'],
  startAt: ['起', 'From'], endAt: ['止', 'To'],
  matrix: ['分工', 'Who does what'], matrixTitle: ['写明谁负责或何时完成的：{0}、{1} 个机构', 'With a body or a deadline named: {0}, {1} bodies'], noDuties: ['文中没有写明由谁负责或何时完成的任务。', 'No task here names who is responsible or when it is due.'],
  dotIs: ['任务数', 'number of tasks'], termIs: ['实施期', 'period'], issueIs: ['发布', 'issued'], arcIs: ['引用', 'cites'],
  taskIs: ['任务', 'Task'], bodyIs: ['机构', 'Body'], datedN: ['{0} 项有期限', '{0} with a date'], moreBodies: ['再显示 {0} 个机构', 'Show {0} more bodies'], noPlan: ['未归计划', 'No plan'],
  shelf: ['计划', 'Plans'], byLevel: ['按层级', 'By level'], byTheme: ['按主题', 'By theme'], byYears: ['按时间', 'By time'], order: ['排序', 'Order'],
  issuerIs: ['发布机构', 'Issued by'], sizeIs: ['规模', 'Size'], sharedIs: ['共有', 'Shared'], periodIs: ['实施期与发布时间', 'Period and date of issue'], issuedOn: ['发布于', 'issued'],
  onlyCited: ['仅被引用', 'only cited'], andMore: ['另 {0} 个', 'and {0} more'], sharesWith: ['{1} 项 · {0} 份', '{1} · {0} plans'], sharesAre: ['与其他 {0} 份计划共有 {1} 项', 'shares {1} with {0} other plans'], sharesN: ['{0} 项', '{0}'], sharedThings: ['与其他计划共有：', 'shares with other plans:'],
  bodiesN: ['{0} 个机构', '{0} bodies'], citesN: ['{0} 处互引', '{0} citations among them'], citesN1: ['{0} 处互引', '{0} citation among them'], citesIs: ['计划之间的引用', 'Citations between plans'], alone: ['单独成组', 'On their own'],
  level_national: ['国家', 'National'], level_province: ['省级', 'Provinces'], level_prefecture: ['市级', 'Prefectures'], level_county: ['区县', 'Districts and counties'], level_local: ['地方', 'Local'], level_unknown: ['未写明发布机构', 'No issuing body named'],
  helpChoose: ['点选一张卡片：它的线与相连的卡片亮起，右侧列出原文。', 'Choose a card: its lines and what they lead to light up, the quotes stand beside them.'],
  helpFold: ['角标 +3 是收起的细节：点一下展开，再点收起。', 'The sign +3 stands for folded details: one click unfolds them, another folds them.'],
  helpLine: ['一条线合并两张卡片之间的全部关系，数字是条数：点线列出。', 'One line holds all relations between two cards, the figure is their number: click it to list them.'],
  helpAsk: ['在“看一项”里选机构、行业或年份：计划、任务、目标自成一图，可导出。', 'Under “Look at one” choose a body, an industry or a year: plans, tasks and targets as a picture of its own, to take along.'],
  helpSays: ['每条关系都能问“谁说的？”：原文、出处、依据。', 'Any relation can be asked who says so: the quote, its place, its basis.'],
  helpMatrix: ['“分工”是任务乘机构的表，符号表示牵头、参与，旁边是期限。', '“Who does what” is tasks by bodies: marks say who leads and who takes part, deadlines stand beside them.'],
  declaredAt: ['声明于', 'Declared in'], known: ['已知', 'known'], falls: ['下降', 'falls'], rises: ['上升', 'rises'], baseYear: ['基期', 'base'], notListed: ['文中未列出成员', 'members not listed'], leftOpen: ['列出 {0} 个，名单未尽', '{0} named, the list is left open'],
  severalBases: ['共 {0} 条关系，有的不止一种依据', '{0} relations in all, some on more than one basis'],
  leaveAnswer: ['返回全图', 'Back to the whole'], backToList: ['返回清单', 'Back to the list'], aboutThis: ['名称与全部关系', 'Names and all relations'],
  query: ['查询', 'Ask'], glossWhy: ['据词表由标题得出，并非译名', 'told from the title by the vocabulary; no translation'],
  unfoldThese: ['在图中展开', 'Unfold in the picture'],
  openIn: ['在图谱中查看', 'Show in the network'],
};
const KEYS = [
  ['/', ['搜索', 'Search']], ['Esc', ['关闭面板、取消选择', 'Close, deselect']], ['← → ↑ ↓', ['在图中移动到相邻节点', 'Move to the nearest node']],
  ['Enter', ['打开所选节点的详情', 'Open details of the selected node']], ['E', ['展开或收起细节', 'Unfold or fold details']], ['F', ['聚焦邻域（再按增加步数）', 'Focus on the neighbourhood, once more for further steps']],
  ['H', ['隐藏所选节点', 'Hide the selected node']], ['P', ['由所选节点找路径', 'Find a path from the selected node']], ['T', ['原文', 'Source text']],
  ['1 2 3 4', ['图谱、表格、分工、概览', 'Network, table, who does what, at a glance']], ['U / R', ['撤销、重做', 'Undo, redo']], ['+ − 0', ['放大、缩小、适应窗口', 'Zoom in, out, fit']],
  ['L', ['切换语言', 'Switch language']], ['D', ['切换深浅色', 'Switch theme']], ['?', ['本列表', 'This list']],
];

/** A word of the interface in the language of the page; {0}, {1} are filled with what is given. */
function t(key, ...given) {
  const text = WORDS[key][S.lang === 'en' ? 1 : 0];
  return given.reduce((done, value, i) => done.replace(`{${i}}`, String(value)), text);
}

/** What parts the items of a list, and what stands before one. */
const comma = () => (S.lang === 'en' ? ', ' : '、');
const colon = () => (S.lang === 'en' ? ': ' : '：');

const inLang = (zh, en) => (S.lang === 'en' && en ? en : zh);

/** A node's label in the language of the page, Chinese where there is no English one, and the language it is in. */
const englishOf = (node) => D.en[node] || D.told[node] || '';
const labelOf = (node) => inLang(D.zh[node], englishOf(node));
/** What can be told in English of a title that has no translation; in Chinese nothing needs to be told. */
const glossOf = (node) => (S.lang === 'en' && D.gloss[node]) || '';
const glossLine = (node) => (glossOf(node) ? h('small', { class: 'gloss', lang: 'en', title: t('glossWhy') }, glossOf(node)) : null);
const langOf = (node) => (S.lang === 'en' && englishOf(node) && !(D.told[node] && /[\u3400-\u9fff]/.test(D.told[node])) ? 'en' : 'zh-CN');
const label = (node, props = {}) => h('span', { lang: langOf(node), dir: 'auto', ...props }, labelOf(node));
const classLabel = (cls) => inLang(D.classes[cls].zh, D.classes[cls].en);
const relLabel = (rel) => inLang(D.relations[rel].zh, D.relations[rel].en);

/** A relation read from its object's side, where the ontology has a word for that. */
function backLabel(rel) {
  const { backZh, backEn } = D.relations[rel];
  return backZh ? inLang(backZh, backEn) : `← ${relLabel(rel)}`;
}

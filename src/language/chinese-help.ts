/** What `--help` says, and what is said of a command line that cannot be understood. */
export const CHINESE_HELP = {
  'Turns published Chinese government budget PDFs into clean, checked, open data.':
    '把政府公开的预算 PDF 变成干净、经过核对的开放数据。',
  'read documents and write records.jsonl, documents.jsonl, checks.jsonl and a CSV a record type':
    '读取文件，写出 records.jsonl、documents.jsonl、checks.jsonl，以及每种记录一个 CSV',
  'PDF files, folders (searched through), quoted patterns, addresses (https://…), or a manifest CSV (see below)':
    'PDF 文件、文件夹（逐层查找）、加引号的通配式、网址（https://…），或清单 CSV（见下）',
  'the output folder; a second run does no work twice': '输出文件夹；再次运行不会重复已做的工作',
  'pages read at the same time': '同时读取的页数',
  'pages to read, such as 3-7 or 1,4,9-': '要读取的页，例如 3-7 或 1,4,9-',
  'who reads scans': '由谁识别扫描页',
  'export the whole output folder when the reading has ended: {formats}, with commas':
    '读取结束后导出整个输出文件夹：{formats}，用逗号分隔',
  'download also from addresses in private nets and of this machine': '也从内部网络和本机的地址下载',
  'nothing on stderr but the closing summary': '除结束时的汇总外，stderr 上不输出任何内容',
  'print the closing summary to stdout instead of stderr': '把结束时的汇总输出到 stdout 而不是 stderr',
  'print a summary as JSON to stdout': '把汇总以 JSON 输出到 stdout',
  'where jobs are kept: embedded (in the store), or redis://host:6379':
    '任务存放处：embedded（在数据库中）或 redis://host:6379',
  'where results are kept: sqlite (in the output folder), or postgres://user@host/name':
    '结果存放处：sqlite（在输出文件夹中）或 postgres://user@host/name',
  'folder or s3://bucket/prefix that all machines reach, for documents and page artefacts (default: in the store)':
    '各机器都能访问的文件夹或 s3://bucket/prefix，存放文件和页面结果（默认：在数据库中）',
  'write one HTML page that shows every step of reading a page, from its pixels to fields and flags':
    '写出一个 HTML 网页，展示读取一页的每一步：从像素到字段和疑点',
  'a PDF or an image': 'PDF 或图片',
  'the page, from 1': '页码，从 1 起',
  'the HTML file (default: <file>-p<number>.html in the current folder)':
    'HTML 文件（默认：当前文件夹中的 <file>-p<number>.html）',
  'look at the pixels, rulings, grid and lines of a scan only: nobody reads, in a few seconds':
    '只看扫描页的像素、框线、表格和行：不作识别，几秒完成',
  'the output folder of an ingest of this document: fields are then those of the whole of it':
    '处理过该文件的 ingest 输出文件夹：字段便按整份文件得出',
  'print the tables of any PDF or image, scanned or not; knows nothing of budgets':
    '输出任意 PDF 或图片中的表格，扫描与否均可；不涉及预算知识',
  'a PDF or an image (PNG, JPEG, TIFF, WebP)': 'PDF 或图片（PNG、JPEG、TIFF、WebP）',
  'one or more of {formats}, with commas': '{formats} 中的一种或几种，用逗号分隔',
  'write <file>.<format> into this folder instead of printing': '写成该文件夹中的 <file>.<format>，而不是直接输出',
  'serve the page on which a person settles what the machine is not sure of':
    '打开复核网页，由人决定机器没有把握的内容',
  'the output folder of an ingest': 'ingest 的输出文件夹',
  'the port; 0 takes any that is free': '端口；0 表示任意空闲端口',
  'where to listen; anything but this machine needs --token': '监听地址；除本机外都须同时给出 --token',
  'what reviewers must enter; better in GONGKAI_REVIEW_TOKEN': '复核人须输入的口令；最好放在 GONGKAI_REVIEW_TOKEN 中',
  'who answers (default: the name of the account)': '复核人（默认：账户名）',
  'share of accepted fields that are asked blind': '已采用的字段中隐去机器结果抽查的比例',
  'draws other fields for the audit': '更换抽查的字段',
  'write all judgements (.jsonl or .csv) and end': '写出全部判断（.jsonl 或 .csv）后结束',
  'take in judgements that were exported elsewhere and end': '并入别处导出的判断后结束',
  'write what was ingested as a dataset that other tools open; answers of reviewers are in it':
    '把处理结果写成其他工具可以打开的数据集；含复核人的回答',
  'of the evidence pages': '证据网页的语言',
  'the folder for the files (default: export in the output folder)': '存放文件的文件夹（默认：输出文件夹中的 export）',
  'derive published records again from their pages and compare them field by field':
    '从原页重新得出已发布的记录，并逐字段比较',
  'ids of records, as in records.jsonl': '记录编号，与 records.jsonl 中一致',
  'all records of records.jsonl': 'records.jsonl 中的全部记录',
  'with --all: so many of them, drawn; the same every time': '与 --all 同用：抽取其中若干条；每次相同',
  'draws others': '更换所抽取的',
  'the PDF, or the folder with the PDFs, where they no longer lie where they were read':
    'PDF 或存放 PDF 的文件夹（文件已不在原处时）',
  'as JSON': '以 JSON 输出',
  'take part in the work on a queue that ingest fills; any number of machines and processes may':
    '参与处理 ingest 提交的任务队列；机器和进程数量不限',
  'the output folder; with a shared store only for who is to write the output files too':
    '输出文件夹；使用共用数据库时，只有负责写出结果的进程需要',
  'end when nothing is left to do instead of waiting for more': '没有任务时结束，而不是继续等待',
  'nothing on stderr but the closing line': '除结束时的一行外，stderr 上不输出任何内容',
  'tell what is done and still to be done, how fast it goes, who works on what, and what failed':
    '显示已完成和待完成的工作、速度、各进程在做什么，以及失败的内容',
  'the output folder': '输出文件夹',
  'show it again and again until nothing is left to do': '反复显示，直到没有剩余的工作',
  'let failed pages and documents wait again, also those that no try would mend by itself':
    '让失败的页面和文件重新等待，也包括重试本身无法解决的',
  'file names or ids, or the beginning of an id (default: all)': '文件名、编号或编号的开头（默认：全部）',
  'only failures of these codes, such as page/timeout': '只限这些代码的失败，例如 page/timeout',
  'let all workers finish what they have and take nothing more': '让所有工作进程完成手头的任务，不再领取新的',
  'let the workers go on after a pause': '让工作进程在暂停后继续',
  'make the installation smaller: take out what this machine never loads': '缩小安装：删去这台机器从不加载的内容',
  'remove it; without, it is only named': '确实删去；不加则只列出',
  'check that all that reading needs is here and works, with what to do where it does not':
    '检查读取所需的一切是否齐备、能否工作，并说明如何解决',
  'the output folder that is meant to be used': '打算使用的输出文件夹',
  'print a script that lets a shell complete commands, options and files': '输出用于 shell 自动补全的脚本',
  'your shell': '所用的 shell',
  'the language of help and messages (default: by the locale)': '帮助和消息的语言（默认：按系统区域设置）',
  'output the version number': '显示版本号',
  'display help for command': '显示命令的帮助',
  // titles and remarks of the help itself
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
  'default: {value}': '默认：{value}',
  'choices: {value}': '可选：{value}',
  'preset: {value}': '单独使用时：{value}',
  'env: {value}': '环境变量：{value}',
  'Examples:': '示例：',
  // what a command line that cannot be understood is told
  "unknown command '{name}'": '没有命令“{name}”',
  "unknown option '{name}'": '没有选项“{name}”',
  "missing required argument '{name}'": '缺少必需的参数“{name}”',
  "required option '{name}' not specified": '没有给出必需的选项“{name}”',
  "option '{name}' argument missing": '选项“{name}”缺少值',
  "option '{name}' argument '{value}' is invalid. {reason}": '选项“{name}”的值“{value}”无效。{reason}',
  "command-argument value '{value}' is invalid for argument '{name}'. {reason}":
    '参数“{name}”的值“{value}”无效。{reason}',
  "too many arguments for '{name}'. Expected {expected} arguments but got {given}.":
    '“{name}”的参数过多：应有 {expected} 个，给出了 {given} 个。',
  'Allowed choices are {value}.': '可选的值有 {value}。',
  '(Did you mean {name}?)': '（是否想用 {name}？）',
  'It must be a whole number.': '必须是整数。',
  'It must be a whole number from 1.': '必须是不小于 1 的整数。',
  'It must be 0 to {most}.': '必须在 0 至 {most} 之间。',
  'error: {text}': '错误：{text}',
} as const

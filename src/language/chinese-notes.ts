/** The paragraphs under the options of a command's help. */
export const CHINESE_NOTES = {
  [`Exit codes:
  0  done
  1  nothing could be done: no input was found, the output folder cannot be used, the document or the dictionaries
     cannot be read, or it was stopped (Ctrl-C) before the end
  2  wrong usage
  3  done, with documents or pages that are partial or failed, even if all of them are; or inputs that were not found;
     of \`verify\`: a record is not what was published, or its page could not be read`]: `退出码：
  0  完成
  1  什么也没能做：没有找到输入、输出文件夹不可用、文件或词典无法读取，或在结束前被停止（Ctrl-C）
  2  用法错误
  3  完成，但有文件或页面不完整或失败（即使全部如此），或有输入没有找到；
     对 \`verify\`：有记录与已发布的不符，或其页面无法读取`,
  'Data goes to stdout, messages and progress to stderr.': '数据输出到 stdout，消息和进度输出到 stderr。',
  '  gongkai ingest reports/ --out out --format datapackage,xlsx       as `gongkai export` would, in out/export':
    '  gongkai ingest reports/ --out out --format datapackage,xlsx       与 `gongkai export` 相同，写入 out/export',
  '                                    leaves the reading to `gongkai work` on other machines, and writes the files':
    '                                    把读取交给其他机器上的 `gongkai work`，由此处写出结果',
  [`Ctrl-C ends after the pages in work, a second one at once; the same command goes on from there.
Limits from the environment: GONGKAI_PAGE_TIMEOUT_S (28), GONGKAI_PAGE_MEMORY_MIB (2048),
GONGKAI_MAX_FILE_MIB (200), GONGKAI_MAX_PAGES (2000), GONGKAI_DOWNLOAD_TIMEOUT_S (300).`]: `Ctrl-C 在完成进行中的页面后停止，再按一次立即停止；同一命令会由此继续。
环境变量中的上限：GONGKAI_PAGE_TIMEOUT_S（28）、GONGKAI_PAGE_MEMORY_MIB（2048）、
GONGKAI_MAX_FILE_MIB（200）、GONGKAI_MAX_PAGES（2000）、GONGKAI_DOWNLOAD_TIMEOUT_S（300）。`,
  [`A manifest has a header row with a column path or url; publisher, fiscal_year, district, department and sha256 are
optional. Downloads are kept in DIR/downloads and are not fetched again; each host is asked for one document at a time.`]: `清单须有表头，并有 path 或 url 列；publisher、fiscal_year、district、department 和 sha256 可有可无。
下载的文件保存在 DIR/downloads 中，不会重复下载；对每台主机一次只请求一份文件。`,
  [`Shown, as pictures with layers to switch: the page as published, the pixels as read, rulings, the grid and how far two
ways to find it agree, lines of print, what each reader saw with the confidence of each character, the text layer, why
a reading was chosen, fields, grades and flags. The file works from disk, without a network. Fields are those of the
page read by itself; with --results they are made together with the document's other pages, as an ingest left them.`]: `以可切换图层的图片展示：公布的页面、读取所用的像素、框线、表格及两种方法的一致程度、文字行、
各识别引擎所见及每个字符的置信度、文字层、为何选用某个识别结果、字段、等级和疑点。
文件可直接从磁盘打开，不需要网络。字段只按该页得出；加上 --results 则与 ingest 留下的其他页一同得出。`,
  'Press ? on the page for its keys. Ctrl-C ends it and writes the output files with what was answered.':
    '在网页上按 ? 查看快捷键。按 Ctrl-C 结束，并按所作的回答写出结果。',
  '  gongkai export --out out --format evidence --language en      then open out/export/evidence/index.html':
    '  gongkai export --out out --format evidence --language en      然后打开 out/export/evidence/index.html',
  'Prints the files it wrote. The same input, version and answers give the same bytes. What the formats hold: docs/export.md':
    '输出所写文件的名称。相同的输入、版本和回答得到逐字节相同的文件。各格式的内容见 docs/export.md',
  [`The pages that a record stands on are read anew from the document, whose content must be the one that was ingested; the
rest of the document, and what people answered, is taken from the store. Nothing is written. A record is
  same         to the last letter
  reworded     the same values and grades; something that is told of them is not (evidence, confidence, place)
  differs      a value or a grade is another, or a field is missing
  missing      no such record comes out
  underivable  its page, or the document, cannot be read
Exit code 0 says that all are the same or reworded, 3 that some are not, 1 that none could be derived.`]: `从文件重新读取记录所在的页，文件内容必须与当时处理的一致；文件的其余部分和人的回答取自数据库。
不写任何文件。记录的比较结果是
  same         完全相同
  reworded     值和等级相同；附带的说明不同（依据、置信度、位置）
  differs      某个值或等级不同，或缺少某个字段
  missing      没有得出这条记录
  underivable  其页面或文件无法读取
退出码 0 表示全部为 same 或 reworded，3 表示有的不是，1 表示一条也没能得出。`,
  '  gongkai work --out out --until-empty      a second process on the folder of an ingest that is running':
    '  gongkai work --out out --until-empty      在 ingest 运行时，作为同一文件夹上的第二个进程',
  'Ctrl-C ends after the pages in work; a second one, or SIGTERM, gives them back at once.':
    'Ctrl-C 在完成进行中的页面后停止；再按一次或 SIGTERM 立即交还任务。',
  [`Looked at: Node, memory, disk, dictionaries, SQLite, fonts, both readers (each reads a small table), and the servers that
--queue, --store and --artefacts name. Exit code 0: all will work; 1: something will not.`]: `检查 Node、内存、磁盘、词典、SQLite、字体、两个识别引擎（各识别一个小表格），
以及 --queue、--store 和 --artefacts 所指的服务器。退出码 0：都能工作；1：有的不能。`,
  [`Removed are libraries of other platforms, builds for browsers, and variants and models that gongkai never loads, from the
packages beside it; both readers stay. Do not use it where another program shares these packages, or where the folder is
copied to another kind of machine. An npm install or npm ci puts everything back.`]: `从旁边的软件包中删去其他平台的库、浏览器用的构建，以及 gongkai 从不加载的变体和模型；两个识别引擎都保留。
如有其他程序共用这些软件包，或文件夹要复制到另一种机器上，请不要使用。npm install 或 npm ci 会全部恢复。`,
  '  gongkai trim               what could go, and how much it is': '  gongkai trim               可以删去什么、有多大',
  '  source <(gongkai completion bash)                                     # for this shell; put it into ~/.bashrc':
    '  source <(gongkai completion bash)                                     # 用于当前 shell；可写入 ~/.bashrc',
} as const

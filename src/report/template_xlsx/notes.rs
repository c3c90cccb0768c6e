//! Notes on the heads of the workbook to fill in, where the meaning of a key speaks of the file format.

use crate::text;
use crate::text::Text;

/// The note for a key of the format; `None` where its meaning says all.
pub fn note(pattern: &str) -> Option<Text> {
    let note = match pattern {
        "scenario.id" => text!(
            "本方案的简短编号，可以用中文；不能有空格和 . * / : 这些符号",
            "A short id of the plan, without blanks and none of . * / :"
        ),
        "industry[].id" | "cluster[].id" | "target[].id" | "instrument[].id" => text!(
            "简短编号，同一张表里不能重复；可以不填，不填时用名称",
            "A short id, each once in the sheet; may be left empty, then the name serves"
        ),
        "industry[].premium" => text!(
            "高于全国年均增速多少个百分点，低于的填负数；“基本情况”表不填“全国年均增速”时，改用“年均增速”列",
            "Percentage points above the national trend, negative if below; without a national trend use a column `trend`"
        ),
        "cluster[].base" => text!(
            "基期年份的营业收入；与“占全省比重”“取余数”三者填一个",
            "Revenue in the base year; fill in one of base, share and remainder"
        ),
        "cluster[].share" => text!(
            "占“全省基期规模”的百分比；与“基期规模”“取余数”三者填一个",
            "Percent of the province base; fill in one of base, share and remainder"
        ),
        "cluster[].remainder" => text!(
            "填“是”，表示全省减去其他集群就是它；一个省至多一个",
            "`yes` if it is what the other clusters leave of the province; one at most"
        ),
        "cluster[].mix" => text!(
            "该集群收入中这个行业所占的百分比，各行业合计 100；表头“行业构成·”后面写“行业”表里的名称",
            "Percent of the cluster's revenue in this industry, 100 in sum; behind the point the head names an industry of its sheet"
        ),
        "firm[].cluster" | "product[].cluster" => {
            text!("写“集群”表里的名称", "A name from the sheet Clusters")
        }
        "firm[].industry" | "product[].industry" => {
            text!("写“行业”表里的名称", "A name from the sheet Industries")
        }
        "firm[].outside" => text!(
            "填“是”，表示收入不计入全省数（如流通企业）；不填就是计入",
            "`yes` if its revenue is no part of the province's figure (a distributor, say); empty if it is"
        ),
        "target[].document" => {
            text!("写“资料来源”表里的资料编号", "A source id from the sheet Sources")
        }
        "target[].scope" => text!(
            "写“全省”，或集群、行业的名称；推演的是本省，不能考核全国",
            "The name of the province, of a cluster or an industry; the nation is not simulated and cannot be judged"
        ),
        "record[].scope" => text!(
            "写“全省”“全国”，或集群、行业的名称",
            "The name of the province, of a cluster or an industry, or `nation` for the whole country"
        ),
        "target[].year" => text!(
            "在这一年达到就算实现；与“最迟年份”填一个",
            "Met if the level is reached in this year; fill in this or `by`"
        ),
        "target[].by" => text!(
            "在这一年或以前任何一年达到都算实现；与“考核年份”填一个",
            "Met if the level is reached in this or any year before; fill in this or `year`"
        ),
        "target[].at_least" | "target[].growth_at_least" | "target[].multiple_of_base" => text!(
            "“目标值”“年均增速不低于”“达到基期几倍”三列填一列；数企业、产品、集群的目标三列都空着，填后面三列",
            "Fill in one of `at least`, `growth at least` and `multiple of base`; none of them for a target that counts, which has the last three columns"
        ),
        "target[].counted" => text!(
            "从下拉表选：企业、产品（数“企业”“产品”表里列出的，口径外的企业不数）、集群（数“集群”表里的）。金额目标空着",
            "Choose firms, products (those listed in their sheets; firms outside the figure of the province do not count) or clusters. Empty for a target of revenue"
        ),
        "target[].size" => text!(
            "年收入（产品是年销售额）不低于多少才数进去；与“数什么”“个数不低于”一起填",
            "The yearly revenue (of products, sales) from which one counts; goes with `what is counted` and `number at least`"
        ),
        "target[].number_at_least" => text!(
            "考核年份至少要有几个；与“数什么”“规模达到”一起填",
            "How many there have to be in the year; goes with `what is counted` and `of at least`"
        ),
        "record[].value" | "record[].growth" => {
            text!("“数额”和“同比增速”填一个", "Fill in one of `value` and `growth`")
        }
        "instrument[].entry" => text!(
            "从下拉表里选，或写 clustercast catalogue 列出的名称或编号（作用于研发管线或指标的不能写；作用于落户企业的要加“招商引进”表）。它决定钱怎样起作用、空着的效果各列取哪些假设。哪一类都不是的空着，改填“对收入水平的总影响”和“见效年数”",
            "Choose from the list, or write a name or id that `clustercast catalogue` lists (none that acts on pipelines or indicators; for arriving firms a sheet Arrivals has to be added). It decides how the money acts, and what is assumed where the columns of effects are empty. If it is of no kind, leave it empty and fill in `effect on the level` and `effect years`"
        ),
        "instrument[].money.total" => text!(
            "各年合计，在开始年份到结束年份之间平均支出；与“每年财政资金”填一个；招商项目不填",
            "All years together, spread evenly from the first to the last; fill in this or `money a year`, and neither for investment projects"
        ),
        "instrument[].money.per_year" => text!(
            "每年的金额；与“财政资金总额”填一个；招商项目不填",
            "The amount of each year; fill in this or `money`, and neither for investment projects"
        ),
        "instrument[].money.from" | "instrument[].money.to" => text!(
            "花钱或签约的首末年份；填了金额就要填，只有一年的两格填同一年",
            "First and last year of payment or of signing; needed with every amount, the same twice if it is one year"
        ),
        "instrument[].projects.signed.per_year" | "instrument[].projects.count" => text!(
            "只有招商项目填：每年签约投资额、每年签约几个项目。签约不等于落地，落地率、开工率另算",
            "For investment projects only: what is signed a year, in how many projects. Signed is not landed: rates for that come besides"
        ),
        "instrument[].capacity.leverage" => text!(
            "基金：每元财政资金对应的总投资，名义倍数；空着取 4~5.5（假设，另扣本来就会发生的部分）",
            "Funds: investment in all per public yuan, as announced; 4~5.5 is assumed if empty, of which what would have come anyway is taken off"
        ),
        "instrument[].capacity.realised" => text!(
            "基金：公布规模中实际到位的比例；空着取平均 45%（假设）",
            "Funds: share of the announced size that is paid in; 45 % on average is assumed if empty"
        ),
        "instrument[].capacity.retained" => text!(
            "基金：投在本省的比例（返投）；空着取 60%~90%（假设）",
            "Funds: share invested in the province; 60-90 % is assumed if empty"
        ),
        "instrument[].projects.landed" => text!(
            "招商项目：签约项目落地的比例；空着取平均 59%（假设）",
            "Projects: share of signed ones that land; 59 % on average is assumed if empty"
        ),
        "instrument[].projects.started" => text!(
            "招商项目：落地项目开工的比例；空着取平均 46%（假设）",
            "Projects: share of landed ones that start; 46 % on average is assumed if empty"
        ),
        "instrument[].projects.public_share" => text!(
            "招商项目：开工投资中由财政负担的比例（土地、厂房、奖补）；空着取 0~8%（假设）",
            "Projects: share of the started investment that the public pays (land, plant, awards); 0-8 % is assumed if empty"
        ),
        "instrument[].capacity.output_ratio" => text!(
            "每元投资达产后的年收入；受托生产补助是每元补助带来的收入。空着取中位约 1.1 倍，受托生产补助 1~5 倍（假设）",
            "Yearly revenue at full output per yuan invested, for contract production per yuan of subsidy; a median of about 1.1, for contract production 1-5, is assumed if empty"
        ),
        "instrument[].growth.level" | "instrument[].growth.years" => text!(
            "没选“工具类型”时才填：预计把收入水平总共提高多少、分几年到位。这样写的效果不随金额变，不能用来优化资金",
            "Only without a kind: by how much it raises the level of revenue in all, and over how many years. Such an effect does not depend on the money, so that no budget can be optimised with it"
        ),
        _ if pattern.ends_with(".source") => text!(
            "写“资料来源”表里的资料编号，空一格可再写章节；几份资料用分号隔开",
            "A source id from the sheet Sources, a section behind a blank; semicolons part several"
        ),
        _ if pattern.ends_with(".grade") => text!(
            "官方：文件或统计；推算：由官方数字算出；文献：研究中的估计；假设：本方案自己的假设",
            "official: documents, statistics; derived: computed from them; literature: estimates of studies; assumption: this plan's own"
        ),
        _ => return None,
    };
    Some(note)
}

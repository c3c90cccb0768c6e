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
        "target[].scope" | "record[].scope" => text!(
            "写“全省”“全国”，或集群、行业的名称",
            "The name of the province, of a cluster or an industry, or `nation`"
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
            "“目标值”“年均增速不低于”“达到基期几倍”三列填一列",
            "Fill in one of `at least`, `growth at least` and `multiple of base`"
        ),
        "record[].value" | "record[].growth" => {
            text!("“数额”和“同比增速”填一个", "Fill in one of `value` and `growth`")
        }
        "instrument[].class" => text!(
            "图表按它分类；不填时按资金和效果判断",
            "Charts and tables count it under this; without it the money and effects decide"
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

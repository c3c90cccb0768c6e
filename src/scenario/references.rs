//! Ids of a scenario and the checks of references to them.

use std::collections::BTreeMap;

use super::node::Node;
use super::parameters::{Kind, PARAMS, Reference, figure_param, pattern_of, quantity_param};
use super::suggest;
use super::tables::WHOLE_COUNTRY;
use super::view::is_provenance;
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::text;

/// The ids of every kind of thing that a file names.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    by_table: BTreeMap<&'static str, Vec<String>>,
    /// Options of every switch.
    options: BTreeMap<String, Vec<String>>,
}

impl Ids {
    /// Collects the ids of a file and reports those that occur twice in one kind.
    pub fn collect(root: &Node, faults: &mut Diagnostics) -> Self {
        let mut by_table: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for row in PARAMS.iter().filter(|row| row.kind == Kind::Id && row.path.contains("[]")) {
            let table = row.parent().trim_end_matches("[]");
            if let Some((outer, inner)) = table.split_once("[].") {
                // ids within one item: the model sees which belongs to which, and which occurs twice
                let outer = root.get(outer).map(Node::items).unwrap_or_default();
                let items = outer.iter().filter_map(|item| item.get(inner)).flat_map(Node::items);
                let ids = items.filter_map(|item| item.get("id")?.as_str().map(|id| id.trim().to_owned()));
                by_table.entry(inner).or_default().extend(ids);
                continue;
            }
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            let items = root.get(table).map(Node::items).unwrap_or_default();
            for node in items.iter().filter_map(|item| item.get("id")) {
                let Some(id) = node.as_str().map(str::trim) else { continue };
                if let Some(first) = seen.get(id) {
                    let message =
                        text!("{table} 的编号“{id}”重复", "the id `{id}` occurs twice among {table}");
                    let fault = Diagnostic::error(codes::DUPLICATE_ID, node.span, message);
                    faults.push(fault.related(*first, text!("先出现在这里", "first used here")));
                } else {
                    seen.insert(id, node.span);
                    by_table.entry(table).or_default().push(id.to_owned());
                }
            }
        }
        for table in ["measures", "sources"] {
            let keys = root.get(table).map(Node::entries).unwrap_or_default();
            by_table.insert(table, keys.iter().map(|entry| entry.key.clone()).collect());
        }
        let defaults = [("measures", "revenue"), ("province", "province"), ("policy", "none")];
        for (table, id) in defaults {
            let ids = by_table.entry(table).or_default();
            if ids.is_empty() {
                ids.push(id.to_owned());
            }
        }
        let switches = root.get("switch").map(Node::items).unwrap_or_default().iter();
        let options = switches.filter_map(|switch| {
            let options = switch.get("options").map(Node::entries).unwrap_or_default();
            let options = options.iter().filter(|entry| !is_provenance("switch[].options", &entry.key));
            let keys = options.map(|entry| entry.key.clone()).collect();
            Some((switch.get("id")?.as_str()?.trim().to_owned(), keys))
        });
        Self { by_table, options: options.collect() }
    }

    fn of(&self, table: &str) -> &[String] {
        self.by_table.get(table).map(Vec::as_slice).unwrap_or_default()
    }

    /// Reports `id` if it refers to nothing; with an incomplete text nothing can be said about kinds without any id.
    pub fn check(
        &self,
        reference: Reference,
        id: &str,
        span: Span,
        complete: bool,
        faults: &mut Diagnostics,
    ) {
        match reference {
            Reference::Scope => self.check_scope(id, span, complete, faults),
            Reference::Segment => {
                let Some((cluster, industry)) = id.split_once('/') else {
                    let message = text!("“{id}”要写成 集群/行业", "`{id}` must be written cluster/industry");
                    faults.push(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(id));
                    return;
                };
                self.check_in("cluster", cluster, span, complete, faults);
                self.check_in("industry", industry, span, complete, faults);
            }
            Reference::Reading => self.check_reading(id, span, complete, faults),
            _ => self.check_in(table_of(reference), id, span, complete, faults),
        }
    }

    fn check_in(&self, table: &'static str, id: &str, span: Span, complete: bool, faults: &mut Diagnostics) {
        let ids = self.of(table);
        if ids.iter().any(|known| known == id) || !complete {
            return;
        }
        let (zh, en) = noun(table);
        let message = text!("没有编号为“{id}”的{zh}", "there is no {en} with the id `{id}`");
        let code = if table == "sources" { codes::UNKNOWN_SOURCE } else { codes::UNKNOWN_REFERENCE };
        let known: Vec<&str> = ids.iter().map(String::as_str).collect();
        faults.push(Diagnostic::error(code, span, message).about(id).hint(suggest::one_of(id, &known)));
    }

    fn check_reading(&self, reading: &str, span: Span, complete: bool, faults: &mut Diagnostics) {
        let Some((switch, option)) = reading.split_once('.') else {
            let message = text!("“{reading}”要写成 开关.选项", "`{reading}` must be written switch.option");
            faults.push(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(reading));
            return;
        };
        self.check_in("switch", switch, span, complete, faults);
        let Some(options) = self.options.get(switch) else { return };
        if !options.iter().any(|known| known == option) {
            let known: Vec<&str> = options.iter().map(String::as_str).collect();
            let message =
                text!("开关“{switch}”没有选项“{option}”", "the switch `{switch}` has no option `{option}`");
            let fault = Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(switch);
            faults.push(fault.hint(suggest::one_of(option, &known)));
        }
    }

    fn check_scope(&self, scope: &str, span: Span, complete: bool, faults: &mut Diagnostics) {
        match scope.split_once('.') {
            None if scope == "nation" => {}
            Some(("province", id)) => self.check_in("province", id, span, complete, faults),
            Some(("cluster", id)) => self.check_in("cluster", id, span, complete, faults),
            Some(("industry", id)) => self.check_in("industry", id, span, complete, faults),
            Some(("group", id)) => self.check_in("group", id, span, complete, faults),
            None if scope == WHOLE_COUNTRY => faults.push(whole_country(scope, span).hint(text!(
                "写 province.编号、cluster.编号等；考核文件里各省的合计写 nation（表格里可写“各省合计”），历年数据里 nation 指全国",
                "write province.<id>, cluster.<id> or the like; nation is the sum of the file's provinces in a target, and the whole \
                 country in a record"
            ))),
            _ => {
                let message = text!("读不懂对象“{scope}”", "`{scope}` is no scope");
                let kinds = ["province", "cluster", "industry", "group"];
                let owner = kinds.into_iter().find(|kind| self.of(kind).iter().any(|id| id == scope));
                let hint = owner.map_or_else(
                    || {
                        text!(
                            "写成 nation、province.编号、cluster.编号、industry.编号、group.编号，或集群编号的列表",
                            "write nation, province.<id>, cluster.<id>, industry.<id>, group.<id> or a list of cluster ids"
                        )
                    },
                    |kind| text!("写成 \"{kind}.{scope}\"", "write \"{kind}.{scope}\""),
                );
                faults
                    .push(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(scope).hint(hint));
            }
        }
    }

    /// Reports a name that is no cycle.
    pub fn check_cycle(&self, name: &str, span: Span, complete: bool, faults: &mut Diagnostics) {
        match name.split_once('.') {
            None if name == "nation" => {}
            Some(("industry", id)) => self.check_in("industry", id, span, complete, faults),
            Some(("province", id)) => self.check_in("province", id, span, complete, faults),
            _ => {
                let message = text!("“{name}”不是景气波动", "`{name}` is no cycle");
                let hint = text!(
                    "写成 nation、industry.编号 或 province.编号",
                    "write nation, industry.<id> or province.<id>"
                );
                faults
                    .push(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(name).hint(hint));
            }
        }
    }

    /// Reports a quantity path that leads nowhere, or through an id that does not exist (`*` stands for all).
    pub fn check_path(&self, path: &str, span: Span, complete: bool, faults: &mut Diagnostics) {
        if quantity_param(path).is_none() {
            faults.push(Self::bad_path(path, span));
            return;
        }
        let mut pattern = "";
        let mut parts = path.split('.');
        while let Some(part) = parts.next() {
            let Some(row) = pattern_of(pattern, part) else { return };
            let table = part;
            if row.kind == Kind::Tables
                && let Some(id) = parts.next()
                && let Some((table, _)) = self.by_table.get_key_value(table)
                && id != "*"
            {
                self.check_in(table, id, span, complete, faults);
            } else if let Some(reference) = row.keys
                && let Some(id) = parts.clone().next()
                && id != "*"
            {
                self.check(reference, id, span, complete, faults);
            } else if row.kind == Kind::Tables && !self.by_table.contains_key(table) && complete {
                let (zh, en) = noun(table);
                let message = text!("“{path}”：文件里没有{zh}", "`{path}`: the file has no {en}");
                faults.push(Diagnostic::error(codes::BAD_PATH, span, message));
            }
            pattern = row.path;
        }
    }

    /// The fault of a path that leads to no quantity.
    pub fn bad_path(path: &str, span: Span) -> Diagnostic {
        if figure_param(path).is_some_and(|row| row.kind == Kind::Delay) {
            let message = text!(
                "“{path}”是整年数，方案和情景都不能改它",
                "`{path}` is a whole number of years, which no policy or world can change"
            );
            let hint = text!(
                "要比较不同的年数，另写一项政策工具（[[instrument]]）或另写一个情景文件",
                "to compare other years, state another instrument ([[instrument]]) or another file"
            );
            return Diagnostic::error(codes::BAD_PATH, span, message).hint(hint);
        }
        let message = text!("数值路径“{path}”不存在", "the path `{path}` leads to no quantity");
        let last = path.rsplit('.').next().unwrap_or(path);
        let near = suggest::nearest(
            last,
            PARAMS
                .iter()
                .filter(|row| row.unit().is_some() && same_root(row.path, path))
                .map(|row| row.key()),
        );
        let hint = match near {
            Some(near) if near != last => text!("是不是 {near}？", "did you mean `{near}`?"),
            _ => text!(
                "路径的写法如 nation.trend、industry.编号.trend、instrument.编号.money.total",
                "paths look like nation.trend, industry.<id>.trend, instrument.<id>.money.total"
            ),
        };
        Diagnostic::error(codes::BAD_PATH, span, message).hint(hint)
    }
}

fn same_root(pattern: &str, path: &str) -> bool {
    let root = |text: &str| text.split('.').next().unwrap_or_default().trim_end_matches("[]").to_owned();
    root(pattern) == root(path)
}

/// The table whose ids a reference of this kind names.
pub(super) fn table_of(reference: Reference) -> &'static str {
    match reference {
        Reference::Measure => "measures",
        Reference::Source => "sources",
        Reference::Province => "province",
        Reference::Industry => "industry",
        Reference::Cluster | Reference::Scope | Reference::Segment => "cluster",
        Reference::Instrument => "instrument",
        Reference::Policy => "policy",
        Reference::Target => "target",
        Reference::Pipeline => "pipeline",
        Reference::Stage => "stage",
        Reference::Arrival => "arrival",
        Reference::Firm => "firm",
        Reference::Reading => "switch",
        Reference::Indicator => "indicator",
    }
}

/// The fault of a target that is to be judged on the whole country, of which a file holds some provinces.
pub(super) fn whole_country(written: &str, span: Span) -> Diagnostic {
    let message = text!(
        "考核对象不能是“{written}”：推演的只是文件里的省，不是全国",
        "`{written}` cannot be judged: only the provinces of the file are simulated, not the whole country"
    );
    Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message)
}

/// What the things of a table are called, in Chinese and English.
pub(super) fn noun(table: &str) -> (&str, &str) {
    match table {
        "measures" => ("统计口径", "measure"),
        "sources" => ("资料来源", "source"),
        "province" => ("省份", "province"),
        "industry" => ("行业", "industry"),
        "cluster" => ("集群", "cluster"),
        "group" => ("集群组", "group"),
        "instrument" => ("政策工具", "instrument"),
        "policy" => ("政策", "policy"),
        "world" => ("外部情景", "world"),
        "event" => ("事件", "event"),
        "target" => ("目标", "target"),
        "pipeline" => ("管线", "pipeline"),
        "stage" => ("阶段", "stage"),
        "arrival" => ("企业引进", "arrival"),
        "switch" => ("读法开关", "switch"),
        "indicator" => ("指标", "indicator"),
        "firm" => ("企业", "firm"),
        "firm_sizes" => ("企业规模分布", "size distribution of firms"),
        "product" => ("产品", "product"),
        "product_sizes" => ("产品规模分布", "size distribution of products"),
        other => (other, other),
    }
}

//! Names quantities for readers: the thing that each belongs to, and the meaning of its key.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::analysis::results::Named;
use crate::model::{Counting, Item, Model};
use crate::scenario::parameters::figure_param;
use crate::text;
use crate::text::Text;

/// Names of quantities; those of firms and products, of which a file may hold a hundred thousand, are not searched for one by one.
pub(in crate::analysis) struct Names<'m> {
    model: &'m Model,
    /// By whether it is a firm, and identifier.
    items: OnceCell<HashMap<(bool, &'m str), &'m Text>>,
}

impl<'m> Names<'m> {
    /// The names of a model.
    pub fn of(model: &'m Model) -> Self {
        Self { model, items: OnceCell::new() }
    }

    /// What a quantity is: the name of the thing it belongs to, the meaning of its key, and the part it is about.
    pub fn quantity(&self, path: &str) -> Text {
        let model = self.model;
        let parts: Vec<&str> = path.split('.').collect();
        let owner = match parts[..] {
            [kind, id, ..] => self.owner(kind, id),
            _ => None,
        };
        let Some(param) = figure_param(path) else { return Text::same(path) };
        // ". " and "。" end the meaning proper; what follows says which other keys the key excludes
        let short = |text: &'static str| {
            let sentence = text.split(". ").next().unwrap_or(text);
            sentence.split(['；', ';', '，', ',', '。', '：', ':']).next().unwrap_or(sentence)
        };
        // the years stand in keys of their own
        let (mut zh, mut en) =
            (short(param.meaning_zh).to_owned(), short(param.meaning_en).replace(" in from..to", ""));
        if let Some(part) = part_name(model, &parts) {
            zh = format!("{zh}（{}）", part.zh);
            en = format!("{en} ({})", part.en);
        }
        match owner {
            Some(owner) => Text::new(format!("{}：{zh}", owner.zh), format!("{}: {en}", owner.en)),
            None => Text::new(zh, en),
        }
    }

    fn owner(&self, kind: &str, id: &str) -> Option<Text> {
        let model = self.model;
        let population =
            |path: String| model.populations.iter().find(|x| x.path() == path).map(|x| x.name.clone());
        let mut names: Box<dyn Iterator<Item = (&String, &Text)> + '_> = match kind {
            "province" => Box::new(model.provinces.iter().map(|x| (&x.id, &x.name))),
            "cluster" => Box::new(model.clusters.iter().map(|x| (&x.id, &x.name))),
            "industry" => Box::new(model.industries.iter().map(|x| (&x.id, &x.name))),
            "indicator" => Box::new(model.indicators.iter().map(|x| (&x.id, &x.name))),
            "group" => Box::new(model.groups.iter().map(|x| (&x.id, &x.name))),
            "event" => Box::new(model.events.iter().map(|x| (&x.id, &x.name))),
            "pipeline" => Box::new(model.pipelines.iter().map(|x| (&x.id, &x.name))),
            "arrival" => Box::new(model.arrivals.iter().map(|x| (&x.id, &x.name))),
            "instrument" => Box::new(model.instruments.iter().map(|x| (&x.id, &x.name))),
            "firm" | "product" => return self.items().get(&(kind == "firm", id)).map(|&name| name.clone()),
            "firm_sizes" | "product_sizes" => return population(format!("{kind}.{id}")),
            "nation" => return Some(Text::new("全国", "Nation")),
            _ => return None,
        };
        names.find(|(known, _)| *known == id).map(|(_, name)| name.clone())
    }

    fn items(&self) -> &HashMap<(bool, &'m str), &'m Text> {
        self.items.get_or_init(|| {
            let key = |item: &'m Item| (item.counting == Counting::Firms, item.id.as_str());
            self.model.items.iter().map(|item| (key(item), &item.name)).collect()
        })
    }
}

/// The name of a single quantity, as [`Names::quantity`].
pub(in crate::analysis) fn quantity_name(model: &Model, path: &str) -> Text {
    Names::of(model).quantity(path)
}

/// Identifier and name of every policy.
pub(in crate::analysis) fn known_policies(model: &Model) -> Vec<Named> {
    model.policies.iter().map(|policy| Named { id: policy.id.clone(), name: policy.name.clone() }).collect()
}

/// Identifier and name of every world.
pub(in crate::analysis) fn known_worlds(model: &Model) -> Vec<Named> {
    model.worlds.iter().map(|world| Named { id: world.id.clone(), name: world.name.clone() }).collect()
}

/// The stage, place, industry, measure or year that the last parts of a path single out.
fn part_name(model: &Model, parts: &[&str]) -> Option<Text> {
    let name_of = |found: Option<&Text>| found.cloned();
    match *parts {
        ["pipeline", id, "stage", stage, ..] => {
            let pipeline = model.pipelines.iter().find(|x| x.id == id)?;
            name_of(pipeline.stages.iter().find(|x| x.id == stage).map(|x| &x.name))
        }
        [.., "allocation", id] => name_of(model.clusters.iter().find(|x| x.id == id).map(|x| &x.name)),
        [.., "industry_premium", id] => {
            name_of(model.industries.iter().find(|x| x.id == id).map(|x| &x.name))
        }
        [.., "base_in", id] => name_of(model.measures.iter().find(|x| x.id == id).map(|x| &x.name)),
        [.., "by_year", year] => Some(text!("{year}年", "{year}")),
        _ => None,
    }
}

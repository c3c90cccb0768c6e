//! Where the pictures of a document stand among its words and tables, so that the pages are full.

use super::blocks::Block;
use super::layout::HEIGHT;
use crate::text::Lang;

/// Points that a picture may not cost for standing one block away from where it is wanted: nearness counts, but a gap on
/// a page counts more.
const AWAY: f64 = 4.0;

/// A picture that may stand before any of some blocks.
pub struct Floating<'a> {
    /// The picture.
    pub block: Block<'a>,
    /// The blocks, by ascending index; the number of blocks stands for the end.
    pub places: Vec<usize>,
    /// The best one of them.
    pub wanted: usize,
}

/// Blocks in order, and pictures in order that stand among them.
pub struct Content<'a> {
    /// Words and tables.
    pub blocks: Vec<Block<'a>>,
    /// Pictures.
    pub pictures: Vec<Floating<'a>>,
}

/// How full the pages are.
#[derive(Clone, Copy, Default)]
struct Flow {
    /// Full pages.
    pages: u32,
    /// What is taken of the next one, in points.
    height: f64,
    /// Height of a heading that stays with what follows it.
    held: f64,
}

/// What a block takes, in points.
struct Sized {
    /// Whether it stays with what follows it.
    heading: bool,
    /// Pieces that a page may end between.
    pieces: Vec<f64>,
    /// What stands again above a piece that goes on overleaf.
    repeated: f64,
}

impl Flow {
    fn push(&mut self, Sized { heading, pieces, repeated }: &Sized) {
        if *heading {
            self.held += pieces.iter().sum::<f64>();
            return;
        }
        for (index, piece) in pieces.iter().enumerate() {
            let piece = std::mem::take(&mut self.held) + piece;
            if self.height + piece > HEIGHT {
                self.pages += 1;
                self.height = if index > 0 { *repeated } else { 0.0 };
            }
            self.height += piece;
        }
    }

    /// Points from the beginning of the first page on.
    fn used(self) -> f64 {
        f64::from(self.pages) * HEIGHT + self.height + self.held
    }
}

impl<'a> Content<'a> {
    /// The blocks with the pictures where they leave the least room empty, and the points that all take from the
    /// beginning of the first page on.
    pub fn arranged(self, lang: Lang) -> (Vec<Block<'a>>, f64) {
        let sized = |block: &Block<'_>| Sized {
            heading: matches!(block, Block::Words { style: "Heading1", .. }),
            pieces: block.pieces(lang),
            repeated: block.repeated(lang),
        };
        let blocks: Vec<Sized> = self.blocks.iter().map(sized).collect();
        let pictures: Vec<Sized> = self.pictures.iter().map(|one| sized(&one.block)).collect();
        let mut best: Option<(f64, f64, Vec<usize>)> = None;
        for places in self.combinations() {
            let mut flow = Flow::default();
            let mut next = 0;
            for at in 0..=blocks.len() {
                while places.get(next) == Some(&at) {
                    flow.push(&pictures[next]);
                    next += 1;
                }
                if let Some(block) = blocks.get(at) {
                    flow.push(block);
                }
            }
            let away = places.iter().zip(&self.pictures).map(|(at, one)| at.abs_diff(one.wanted) as f64);
            let (used, cost) = (flow.used(), flow.used() + AWAY * away.sum::<f64>());
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, used, places));
            }
        }
        // there is always one: where no order of places fits, all stand at the end
        let (_, used, places) = best.unwrap_or_default();
        let mut out = Vec::with_capacity(blocks.len() + pictures.len());
        let mut pictures = places.into_iter().zip(self.pictures).peekable();
        for (index, block) in self.blocks.into_iter().enumerate() {
            while let Some((_, picture)) = pictures.next_if(|(at, _)| *at == index) {
                out.push(picture.block);
            }
            out.push(block);
        }
        out.extend(pictures.map(|(_, picture)| picture.block));
        (out, used)
    }

    /// All places of all pictures that keep their order; the end for all of them where there are none.
    fn combinations(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for picture in &self.pictures {
            let longer = all.iter().flat_map(|before: &Vec<usize>| {
                let from = before.last().copied().unwrap_or_default();
                let places = picture.places.iter().filter(move |at| **at >= from);
                places.map(move |&at| before.iter().copied().chain([at]).collect())
            });
            all = longer.collect();
        }
        if all.is_empty() { vec![vec![self.blocks.len(); self.pictures.len()]] } else { all }
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, Content, Floating, HEIGHT};
    use crate::report::briefing::{Cell, Column, DataTable, Figure};
    use crate::text::Lang;

    /// Paragraphs of ten lines of 28 points with a picture of this height, which may stand anywhere behind the first.
    fn order(height: f64, wanted: usize) -> (Vec<bool>, f64) {
        let mut figure = Figure::default();
        figure.drawing.size = (442.0, height);
        let words = || Block::Words { style: "BodyText", text: "字".repeat(28 * 9 + 10) };
        let content = Content {
            blocks: (0..4).map(|_| words()).collect(),
            pictures: vec![Floating {
                block: Block::Picture { caption: "图".into(), figure: &figure, height },
                places: (1..=4).collect(),
                wanted,
            }],
        };
        let (blocks, used) = content.arranged(Lang::Zh);
        (blocks.iter().map(|block| matches!(block, Block::Picture { .. })).collect(), used)
    }

    #[test]
    fn pictures_without_a_place_in_their_order_stand_at_the_end() {
        let figure = Figure::default();
        let picture = |places: Vec<usize>| Floating {
            block: Block::Picture { caption: "图".into(), figure: &figure, height: 100.0 },
            places,
            wanted: 1,
        };
        for places in [[vec![3], vec![1, 2]], [vec![], vec![1]]] {
            let words = || Block::Words { style: "BodyText", text: "字".into() };
            let content =
                Content { blocks: (0..4).map(|_| words()).collect(), pictures: places.map(picture).into() };
            let (blocks, _) = content.arranged(Lang::Zh);
            let found: Vec<bool> =
                blocks.iter().map(|block| matches!(block, Block::Picture { .. })).collect();
            assert_eq!(found, [false, false, false, false, true, true]);
        }
    }

    /// Hypothesis: on every page that a table goes on, its heads take room again.
    #[test]
    fn heads_of_a_table_that_goes_on_overleaf_take_room_there_too() {
        let column = |head: &str| Column::number(head, "亿元");
        let mut table = DataTable::new("t", "表", vec![column("中位数"), column("平均数")]);
        table.rows = vec![vec![Cell::text("1"), Cell::text("2")]; 40];
        let block = |table: &DataTable| Block::Table { caption: "表1".into(), table: table.clone() };
        let (pieces, head) = (block(&table).pieces(Lang::Zh), block(&table).repeated(Lang::Zh));
        assert!(head > 10.0);
        // nineteen lines leave room for the first piece only
        let words = Block::Words { style: "BodyText", text: "字".repeat(28 * 18 + 10) };
        let taken: f64 = words.pieces(Lang::Zh).iter().sum();
        assert!(taken + pieces[0] <= HEIGHT && taken + pieces[0] + pieces[1] > HEIGHT, "{taken} {pieces:?}");
        let content = Content { blocks: vec![words, block(&table)], pictures: Vec::new() };
        let rest: f64 = pieces[1..].iter().sum();
        assert!((content.arranged(Lang::Zh).1 - (HEIGHT + head + rest)).abs() < 1e-9);
    }

    #[test]
    fn a_picture_stands_where_it_is_wanted_if_that_leaves_no_gap() {
        assert_eq!(order(200.0, 1).0, [false, true, false, false, false]);
        assert_eq!(order(200.0, 3).0, [false, false, false, true, false]);
    }

    #[test]
    fn a_picture_without_room_goes_to_the_next_page_and_words_fill_this_one() {
        // three paragraphs fill a page (840 of 638 points): behind the second there is no room for 300 points
        let (found, used) = order(300.0, 2);
        assert_eq!(found, [false, true, false, false, false]);
        assert!((4.0 * 280.0 + 300.0..4.0 * 280.0 + 300.0 + 80.0).contains(&used), "{used}");
    }
}

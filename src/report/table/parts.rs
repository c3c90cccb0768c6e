//! Parts a table that a terminal is too narrow for.

use super::{Align, GAP, Table, longest_word};

impl Table {
    /// The columns of each of the tables that it takes to cut no word, evenly filled.
    pub(super) fn blocks(&self, width: usize) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let least = self.over_columns(&longest_word);
        let room = |columns: &[usize]| columns.iter().map(|&column| least[column] + GAP).sum::<usize>();
        let named = self.columns.iter().take_while(|column| column.align == Align::Left).count().clamp(1, 2);
        let mut keys: Vec<usize> = all.iter().copied().take(named).collect();
        keys.extend(all.iter().copied().skip(named).filter(|&column| self.columns[column].in_all_parts));
        while keys.len() > 1 && 2 * room(&keys) > width {
            keys.pop();
        }
        // a first column that leaves no room for others is wrapped as far as it takes
        if room(&all) <= width + 1 || 2 * room(&keys) > width {
            return vec![all];
        }
        let others: Vec<usize> = all.into_iter().filter(|column| !keys.contains(column)).collect();
        let filled = |most: usize| {
            let mut blocks: Vec<Vec<usize>> = vec![keys.clone()];
            for &column in &others {
                let block = blocks.last_mut().expect("there is a first one");
                let is_full =
                    room(block) + least[column] + GAP > width + 1 || block.len() == keys.len() + most;
                if block.len() > keys.len() && is_full {
                    blocks.push(keys.clone());
                }
                blocks.last_mut().expect("there is a first one").push(column);
            }
            blocks
        };
        let fewest = filled(others.len()).len();
        let even = (others.len().div_ceil(fewest)..).map(filled).find(|blocks| blocks.len() == fewest);
        let mut blocks = even.expect("with no limit there are the fewest");
        // as in the whole table
        blocks.iter_mut().for_each(|block| block.sort_unstable());
        blocks
    }

    /// Some of its columns, without title and notes.
    pub(super) fn part(&self, columns: &[usize]) -> Self {
        let row = |row: &Vec<String>| {
            let cell = |&column: &usize| row.get(column).cloned().unwrap_or_default();
            columns.iter().map(cell).collect()
        };
        Self {
            columns: columns.iter().map(|&column| self.columns[column].clone()).collect(),
            rows: self.rows.iter().map(row).collect(),
            ..Self::default()
        }
    }
}

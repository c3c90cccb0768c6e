//! The commented starter file that `clustercast new` writes.

use crate::text::Lang;

/// The starter file with comments in `lang`.
pub fn starter(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("starter.zh.toml"),
        Lang::En => include_str!("starter.en.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::render;
    use crate::scenario::{MemoryLoader, load};

    #[test]
    fn starter_files_are_sound_and_equal_but_for_their_texts() {
        let shape = |text: &str| -> Vec<String> {
            let code = text.lines().filter(|line| !line.trim_start().starts_with('#') && line.contains('='));
            code.filter_map(|line| line.split('=').next().map(|key| key.trim().to_owned())).collect()
        };
        for lang in [Lang::Zh, Lang::En] {
            let loaded = load(&MemoryLoader::new([("a.toml", starter(lang))]), "a.toml");
            assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, lang));
        }
        assert_eq!(shape(starter(Lang::Zh)), shape(starter(Lang::En)));
    }
}

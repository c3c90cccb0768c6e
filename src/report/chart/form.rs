//! Where a chart is seen, which decides how wide it is drawn: type keeps its size, so that a narrower picture has larger
//! letters once it is fitted to a column.

/// What a chart is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A page of its own, a screen, a slide.
    #[default]
    Screen,
    /// A column of 156 mm in a document: its smallest letters then measure 8 points or more, and the document's caption
    /// stands for the title.
    Column,
    /// As wide as a column and lower: on paper two of these, with words and a table each, share a page.
    Strip,
    /// The screen of a telephone, where a wider picture would have to be shrunk or pushed sideways.
    Phone,
}

impl Form {
    /// Width of the picture in points.
    pub fn width(self) -> f64 {
        match self {
            Self::Screen => 1000.0,
            Self::Column | Self::Strip => 718.0,
            Self::Phone => 420.0,
        }
    }

    /// Height of a plot in points that would be `full` high on a screen.
    pub fn height(self, full: f64) -> f64 {
        match self {
            Self::Screen => full,
            Self::Column => full * 0.5,
            Self::Phone => full * 0.7,
            Self::Strip => full * 0.38,
        }
    }

    /// Distance between rows in points that would be `full` on a screen.
    pub fn gap(self, full: f64) -> f64 {
        match self {
            Self::Screen => full,
            Self::Column | Self::Strip | Self::Phone => full * 0.3,
        }
    }

    /// The most that a name may take of the width in points, if it may take `full` on a screen.
    pub fn name_width(self, full: f64) -> f64 {
        full * self.width() / Self::Screen.width()
    }

    /// Whether names stand above their rows: beside them they would leave no room for the plot.
    pub fn is_stacked(self) -> bool {
        self == Self::Phone
    }

    /// `title`, or nothing where a caption stands for it.
    pub fn title(self, title: &str) -> &str {
        if self == Self::Screen { title } else { "" }
    }
}

//! Single trials as Parquet, for statistics programs: the rows and heads of the CSV, in a tenth of the space.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::analysis::trials::Trials;

/// Columns before the figures: world and policy (text) and the number of the trial.
const BEFORE: [&str; 3] = ["world", "policy", "trial"];

/// One row a trial, policy and world; a row group for every world and policy.
///
/// # Errors
/// The library's own, which cannot occur while it writes into memory.
pub fn write(trials: &Trials) -> Result<Vec<u8>, ParquetError> {
    let column = |name: &str, physical, text: bool| {
        let column = Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED);
        column.with_logical_type(text.then_some(LogicalType::String)).build().map(Arc::new)
    };
    let [world, policy, trial] = BEFORE;
    let mut fields = vec![
        column(world, Physical::BYTE_ARRAY, true)?,
        column(policy, Physical::BYTE_ARRAY, true)?,
        column(trial, Physical::INT64, false)?,
    ];
    for name in &trials.columns {
        fields.push(column(name, Physical::DOUBLE, false)?);
    }
    let schema = Arc::new(Type::group_type_builder("trials").with_fields(fields).build()?);
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, properties)?;
    let width = trials.columns.len();
    for (world, policy, figures) in &trials.runs {
        let rows = figures.len() / width;
        let mut group = file.next_row_group()?;
        for text in [world, policy] {
            let cells = vec![ByteArray::from(text.as_str()); rows];
            add::<ByteArrayType>(&mut group, &cells)?;
        }
        let numbers: Vec<i64> = (0..rows as i64).collect();
        add::<Int64Type>(&mut group, &numbers)?;
        for column in 0..width {
            let cells: Vec<f64> = figures.iter().skip(column).step_by(width).copied().collect();
            add::<DoubleType>(&mut group, &cells)?;
        }
        group.close()?;
    }
    file.into_inner()
}

/// Writes the next column of a row group.
fn add<T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    cells: &[T::T],
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(cells, None, None)?;
        column.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn what_is_written_reads_back() {
        let trials = Trials {
            columns: vec!["province.2024".to_owned(), "target.t".to_owned()],
            runs: vec![
                ("base".to_owned(), "none".to_owned(), vec![1.5, 0.0, 2.5, 1.0]),
                ("base".to_owned(), "政策".to_owned(), vec![3.5, 1.0, 4.5, 1.0]),
            ],
        };
        let bytes = bytes::Bytes::from(write(&trials).unwrap());
        let file = SerializedFileReader::new(bytes).unwrap();
        let rows: Vec<_> = file.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        let found: Vec<(String, i64, f64, f64)> = rows
            .iter()
            .map(|row| {
                let text = row.get_string(1).unwrap().clone();
                (text, row.get_long(2).unwrap(), row.get_double(3).unwrap(), row.get_double(4).unwrap())
            })
            .collect();
        let expected =
            [("none", 0, 1.5, 0.0), ("none", 1, 2.5, 1.0), ("政策", 0, 3.5, 1.0), ("政策", 1, 4.5, 1.0)];
        assert_eq!(found, expected.map(|(text, trial, a, b)| (text.to_owned(), trial, a, b)));
    }
}

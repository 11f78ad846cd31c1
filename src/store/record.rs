//! Journaled rows: a struct for each table, made by the `record!` macro, and the closed list of them.
use crate::model::clean;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, Statement, ToSql};

/// One row of a journaled table. Columns are in declared order everywhere: SQL, images, digests.
pub trait Record: Sized {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];
    const KEY: &'static [&'static str];
    /// Binds every column and appends each to `bytes`, self-delimiting, for the digest of a run.
    fn bind(&self, statement: &mut Statement<'_>, bytes: &mut Vec<u8>) -> rusqlite::Result<()>;
    fn read(row: &Row<'_>) -> rusqlite::Result<Self>;
    fn values(&self) -> rusqlite::Result<Vec<Value>>;
}

/// What the journal and undo need to know of a table without its type.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    pub table: &'static str,
    pub columns: &'static [&'static str],
    pub key: &'static [&'static str],
    /// This table's bit in [`super::Changes`].
    pub bit: u128,
}

/// Binds one column. The value is made once for both uses, and the digest gets a row's bytes in one piece: both count
/// when a million rows are loaded.
pub fn bind_cell(
    statement: &mut Statement<'_>,
    place: usize,
    value: &dyn ToSql,
    bytes: &mut Vec<u8>,
) -> rusqlite::Result<()> {
    let mut value = value.to_sql()?;
    if let ToSqlOutput::Borrowed(ValueRef::Text(text)) = &value
        && let Some(text) = hiding(text)
    {
        value = ToSqlOutput::Owned(Value::Text(clean::stored(&text).into_owned()));
    }
    match &value {
        ToSqlOutput::Borrowed(v) => put(bytes, *v),
        ToSqlOutput::Owned(v) => put(bytes, ValueRef::from(v)),
        _ => return Err(rusqlite::Error::InvalidQuery),
    }
    statement.raw_bind_parameter(place, value)
}

fn hiding(text: &[u8]) -> Option<String> {
    std::str::from_utf8(text).ok().filter(|text| clean::is_hiding(text)).map(str::to_owned)
}

/// Values of a row as they are stored: no text hides anything.
pub fn stored(values: Vec<Value>) -> Vec<Value> {
    let one = |value| match value {
        Value::Text(text) if clean::is_hiding(&text) => Value::Text(clean::stored(&text).into_owned()),
        other => other,
    };
    values.into_iter().map(one).collect()
}

/// A column's self-delimiting bytes.
pub fn put(bytes: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => bytes.push(0),
        ValueRef::Integer(n) => {
            bytes.push(1);
            bytes.extend_from_slice(&n.to_le_bytes());
        }
        ValueRef::Real(x) => {
            bytes.push(2);
            bytes.extend_from_slice(&x.to_le_bytes());
        }
        ValueRef::Text(t) | ValueRef::Blob(t) => {
            bytes.push(3);
            bytes.extend_from_slice(&(t.len() as u64).to_le_bytes());
            bytes.extend_from_slice(t);
        }
    }
}

pub fn owned(value: &dyn ToSql) -> rusqlite::Result<Value> {
    match value.to_sql()? {
        ToSqlOutput::Borrowed(v) => v.try_into().map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e))),
        ToSqlOutput::Owned(v) => Ok(v),
        _ => Err(rusqlite::Error::InvalidQuery),
    }
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident in $table:literal by [$($key:ident),+] {
        $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),+ }

        impl crate::store::record::Record for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            const KEY: &'static [&'static str] = &[$(stringify!($key)),+];

            fn bind(&self, statement: &mut rusqlite::Statement<'_>, bytes: &mut Vec<u8>) -> rusqlite::Result<()> {
                let mut place = 0;
                $(place += 1; crate::store::record::bind_cell(statement, place, &self.$field, bytes)?;)+
                Ok(())
            }

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut place = 0..;
                let mut next = move || place.next().unwrap_or(usize::MAX);
                Ok($name { $($field: row.get(next())?),+ })
            }

            fn values(&self) -> rusqlite::Result<Vec<rusqlite::types::Value>> {
                Ok(vec![$(crate::store::record::owned(&self.$field)?),+])
            }
        }
    };
}
pub(crate) use record;

/// Declares the closed list of journaled tables; each gets its bit in [`super::Changes`].
macro_rules! records {
    ($($name:ident),+ $(,)?) => {
        #[allow(clippy::enum_variant_names)] // the names of the rows, only to number them
        #[repr(u8)]
        enum Bit { $($name),+ }

        /// Every journaled table.
        pub const RECORDS: &[crate::store::record::Meta] = &[$(crate::store::record::Meta {
            table: <$name as crate::store::record::Record>::TABLE,
            columns: <$name as crate::store::record::Record>::COLUMNS,
            key: <$name as crate::store::record::Record>::KEY,
            bit: 1 << (Bit::$name as u8),
        }),+];
    };
}
pub(crate) use records;

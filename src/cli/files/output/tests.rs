//! Tests of all-or-nothing output: what is in the folder after success, failure and interruption.

use super::super::scratch::Scratch;
use super::*;

fn set(dir: &Path, files: &[(&str, &str)]) -> OutputSet {
    let mut set = OutputSet::new(dir).unwrap();
    for (name, content) in files {
        set.add(*name, *content).unwrap();
    }
    set
}

fn content(path: PathBuf) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_missing_folder_is_created_with_its_parents() {
    let scratch = Scratch::new();
    let dir = scratch.path().join("a/b/结果");
    set(&dir, &[("results.json", "{}"), ("结果.csv", "1,2")]).commit().unwrap();
    assert_eq!(content(dir.join("results.json")), "{}");
    assert_eq!(content(dir.join("结果.csv")), "1,2");
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 2);
    assert_eq!(fs::read_dir(scratch.path().join("a/b")).unwrap().count(), 1);
}

#[test]
fn an_existing_folder_keeps_foreign_files_and_gets_new_versions() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("mine.txt"), "mine").unwrap();
    fs::write(scratch.path().join("results.json"), "old").unwrap();
    set(scratch.path(), &[("results.json", "new"), ("chart.svg", "<svg/>")]).commit().unwrap();
    assert_eq!(scratch.names(), ["chart.svg", "mine.txt", "results.json"]);
    assert_eq!(content(scratch.path().join("results.json")), "new");
    assert_eq!(content(scratch.path().join("mine.txt")), "mine");
}

#[test]
fn nothing_appears_before_commit_or_without_it() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("results.json"), "old").unwrap();
    let pending = set(scratch.path(), &[("results.json", "new"), ("more.csv", "")]);
    assert_eq!(scratch.names(), ["results.json"]);
    drop(pending);
    drop(set(&scratch.path().join("a/b"), &[("results.json", "new")]));
    assert_eq!(scratch.names(), ["results.json"]);
    assert_eq!(content(scratch.path().join("results.json")), "old");
}

#[test]
fn a_folder_in_the_way_is_found_before_anything_is_renamed() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("a.csv"), "old").unwrap();
    fs::create_dir(scratch.path().join("b.csv")).unwrap();
    let error = set(scratch.path(), &[("a.csv", "new"), ("b.csv", "new")]).commit().unwrap_err();
    assert!(matches!(error, WriteError::Occupied { .. }), "{error:?}");
    assert_eq!(content(scratch.path().join("a.csv")), "old");
    assert_eq!(scratch.names(), ["a.csv", "b.csv"]);
}

#[test]
fn a_rename_that_fails_midway_is_undone() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("a.csv"), "old").unwrap();
    let output = set(scratch.path(), &[("a.csv", "new"), ("b.csv", "new"), ("c.csv", "new")]);
    let fresh = Temporary::create(scratch.path()).unwrap();
    // c.csv is missing among the fresh files, so that its rename fails after the other two.
    for name in ["a.csv", "b.csv"] {
        fs::write(fresh.path.join(name), "new").unwrap();
    }
    let error = output.replace(&fresh).unwrap_err();
    drop(fresh);
    assert!(matches!(&error, WriteError::Io { path, .. } if path.ends_with("c.csv")), "{error:?}");
    assert_eq!(scratch.names(), ["a.csv"]);
    assert_eq!(content(scratch.path().join("a.csv")), "old");
}

#[test]
fn a_folder_that_another_run_created_meanwhile_is_filled() {
    let scratch = Scratch::new();
    let dir = scratch.path().join("output");
    let output = set(&dir, &[("a.csv", "new")]);
    let fresh = Temporary::create(scratch.path()).unwrap();
    fs::write(fresh.path.join("a.csv"), "new").unwrap();
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("theirs.csv"), "theirs").unwrap();
    output.publish(&fresh, false).unwrap();
    drop(fresh);
    assert_eq!(content(dir.join("a.csv")), "new");
    assert_eq!(content(dir.join("theirs.csv")), "theirs");
    assert_eq!(scratch.names(), ["output"]);
}

#[test]
fn a_write_that_fails_leaves_neither_folders_nor_temporaries() {
    let scratch = Scratch::new();
    // Longer than any file system allows, so that writing fails after the parents have been created.
    let name = "长".repeat(300);
    for dir in [scratch.path().join("a/b"), scratch.path().to_path_buf()] {
        let error = set(&dir, &[("first.csv", "1"), (&name, "2")]).commit().unwrap_err();
        assert!(matches!(error, WriteError::Io { .. }), "{error:?}");
        assert_eq!(error.exit(), Exit::FileTrouble);
        assert!(scratch.names().is_empty());
    }
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error_at_once() {
    let scratch = Scratch::new();
    let file = scratch.path().join("output");
    fs::write(&file, "mine").unwrap();
    for dir in [file.clone(), file.join("deeper")] {
        let error = OutputSet::new(&dir).unwrap_err();
        assert!(matches!(&error, WriteError::NotADirectory { path } if *path == file), "{error:?}");
    }
    assert_eq!(content(file), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_at_once() {
    // Not even the superuser can create folders there, unlike in a folder without write permission.
    let error = OutputSet::new("/proc/clustercast").unwrap_err();
    assert!(matches!(error, WriteError::Io { .. }), "{error:?}");
}

#[test]
fn names_are_plain_and_unique() {
    let scratch = Scratch::new();
    let mut output = OutputSet::new(scratch.path()).unwrap();
    for name in ["", ".", "..", "a/b", "../a", "a\\b", "C:a", "a\nb"] {
        assert!(matches!(output.add(name, "").unwrap_err(), WriteError::BadName { .. }), "{name}");
    }
    output.add("a.csv", "1").unwrap();
    assert!(matches!(output.add("a.csv", "2").unwrap_err(), WriteError::Duplicate { .. }));
    output.commit().unwrap();
    assert_eq!(scratch.names(), ["a.csv"]);
    assert_eq!(content(scratch.path().join("a.csv")), "1");
}

#[test]
fn every_complaint_of_the_system_reads_in_both_languages() {
    for (kind, zh, en) in [
        (io::ErrorKind::StorageFull, "磁盘已满", "the disk is full"),
        (io::ErrorKind::ReadOnlyFilesystem, "只读", "read-only"),
        (io::ErrorKind::PermissionDenied, "没有权限", "permission denied"),
    ] {
        let text = WriteError::Io { path: "output".into(), source: kind.into() }.text();
        assert!(text.zh.contains(zh) && text.en.contains(en), "{text:?}");
    }
}

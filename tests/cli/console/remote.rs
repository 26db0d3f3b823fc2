//! `lutrin remote`: each request, what it prints, how it ends.

use serde_json::Value;

use super::choosing::remote;
use super::{Folder, agree, console, door, folder, talk};
use crate::pty::deck_of;

#[track_caller]
fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let output = remote(folder, arguments);
    // What the talk says of it to its speaker stands on standard error, as `animations stand still`.
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn every_request_does_what_its_key_does_and_can_tell_how_the_talk_stands() {
    let folder = folder();
    let screens = vec![talk(&folder, &[]), console(&folder, &[])];
    let socket = door(&folder, &screens[0]);
    for (request, place, value) in [
        (&["next"][..], "/at/slide", Value::from(2)),
        (&["next"], "/at/step", 1.into()),
        (&["previous"], "/at/step", 0.into()),
        (&["all-steps"], "/at/step", 2.into()),
        (&["goto", "3"], "/at/slide", 3.into()),
        (&["down"], "/at/row", 1.into()),
        (&["up"], "/at/row", 0.into()),
        (&["next-slide"], "/at/slide", 4.into()),
        (&["previous-slide"], "/at/slide", 3.into()),
        (&["last"], "/at/slide", 5.into()),
        (&["first"], "/at/slide", 1.into()),
        (&["goto", "4.1"], "/at/slide", 4.into()),
        (&["blank"], "/blank", "black".into()),
        (&["white"], "/blank", "white".into()),
        (&["close"], "/blank", Value::Null),
        (&["zoom"], "/closeup/level", 1.into()),
        (&["close"], "/closeup", Value::Null),
        (&["motion"], "/still", true.into()),
        (&["theme"], "/theme", "light".into()),
        (&["pause"], "/clock/phase", "paused".into()),
        (&["pause"], "/clock/phase", "running".into()),
        (&["question"], "/clock/phase", "question".into()),
        (&["question"], "/clock/phase", "running".into()),
        (&["goto", "99"], "/at/slide", 5.into()),
    ] {
        let told = json(&folder, &[request, &["--json"]].concat());
        assert_eq!(told.pointer(place), Some(&value), "{request:?}: {told}");
        assert_eq!(told["talk"]["process"], screens[0].process());
        agree(&socket, &screens);
    }
    let silent = remote(&folder, &["next"]);
    assert!(silent.status.success() && silent.stdout.is_empty() && silent.stderr.is_empty(), "{silent:?}");
}

#[test]
fn how_a_talk_stands_is_told_as_it_is_documented() {
    let folder = folder();
    let talk = talk(&folder, &["--duration", "10m"]);
    let told = json(&folder, &["status", "--json"]);
    let documented = include_str!("../../../docs/protocol.md");
    for (name, value) in told.as_object().expect("an object") {
        let is_told = |name: &str| documented.contains(&format!("`{name}`"));
        match value.as_object() {
            Some(inner) if !matches!(name.as_str(), "stage" | "talk" | "next") => {
                assert!(inner.keys().all(|inner| is_told(&format!("{name}.{inner}"))), "{name}");
            }
            _ => assert!(is_told(name), "{name}"),
        }
    }
    assert_eq!((&told["slides"], &told["title"], &told["steps"]), (&5.into(), &"First".into(), &0.into()));
    assert_eq!(told["stage"]["columns"], 80);
    assert_eq!(
        told["talk"]["deck"],
        *folder.path().join("deck.md").canonicalize().expect("it is there").to_string_lossy()
    );
    let words = String::from_utf8(remote(&folder, &["status"]).stdout).expect("words");
    assert_eq!(words, "slide 1/5 “First”\n");
    assert!(json(&folder, &["next", "--json"])["clock"]["pace"].is_number());
    let words = String::from_utf8(remote(&folder, &["status"]).stdout).expect("words");
    assert!(
        words.starts_with("slide 2/5 “Steps”, step 0 of 2\n0:0") && words.contains(" of 10:00, ahead"),
        "{words}"
    );
    drop(talk);
}

#[test]
fn talks_are_listed_and_one_of_several_must_be_named() {
    let folder = folder();
    let none = remote(&folder, &["list"]);
    assert!(none.status.success() && none.stdout.is_empty(), "{none:?}");
    folder.put("other.md", deck_of(7));
    let mut one = talk(&folder, &[]);
    let other = super::lutrin(&folder, &["other.md"]).go();
    door(&folder, &other);
    let list = remote(&folder, &["list"]);
    let list = String::from_utf8(list.stdout).expect("words");
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains(&one.process().to_string()) && list.contains("other.md"), "{list}");
    let lines = remote(&folder, &["list", "--json"]).stdout;
    let lines = String::from_utf8(lines).expect("words");
    let decks: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(decks.iter().map(|deck| deck["slides"].as_u64()).collect::<Vec<_>>(), [Some(5), Some(7)]);
    let unclear = remote(&folder, &["next"]);
    assert_eq!(unclear.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unclear.stderr).contains("2 talks are running"), "{unclear:?}");
    assert_eq!(json(&folder, &["next", "--deck", "other.md", "--json"])["at"]["slide"], 2);
    assert_eq!(
        json(&folder, &["goto", "4", "--json", "--talk", &one.process().to_string()])["at"]["slide"],
        4
    );
    one.is_at("4/5");
    one.types("q");
    one.ends();
    assert_eq!(json(&folder, &["status", "--json"])["slides"], 7);
}

#[test]
fn wrong_use_is_refused_before_anything_is_asked() {
    let folder = folder();
    let talk = talk(&folder, &[]);
    for wrong in [
        &["dance"][..],
        &[],
        &["goto"],
        &["goto", "seven"],
        &["goto", "7.2.1"],
        &["next", "7"],
        &["next", "--talk", "0"],
        &["next", "--talk", "1", "--socket", "x"],
        &["list", "--deck", "deck.md"],
        &["quit"],
    ] {
        let output = remote(&folder, wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {output:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{wrong:?}");
    }
    talk.is_at("1/5");
    for (failing, why) in [
        (&["next", "--talk", "1"][..], "in process `1`"),
        (&["next", "--socket", "nowhere"], "no socket"),
        (&["next", "--deck", "nowhere.md"], "nowhere.md"),
    ] {
        let output = remote(&folder, failing);
        assert_eq!(output.status.code(), Some(1), "{failing:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{output:?}");
    }
}

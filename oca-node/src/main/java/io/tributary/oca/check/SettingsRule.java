package io.tributary.oca.check;

import java.util.ArrayList;
import java.util.List;

/** Each setting that a start refuses is a failure of its own; a name that does nothing is told. */
final class SettingsRule {
  static final String CHECK = "settings";

  private SettingsRule() {}

  static List<Finding> judge(SettingsFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (String refusal : facts.refused()) {
      // It says itself what was expected.
      findings.add(
          new Finding(
              CHECK, Verdict.FAILED, refusal, null, "correct it: a node does not start so"));
    }
    for (String name : facts.unknown()) {
      findings.add(
          Finding.warning(
              CHECK,
              name + " is no setting",
              "a name that oca-node knows",
              "correct its spelling, or remove it: it does nothing"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(CHECK, facts.read() + " settings read, none refused"));
    }
    return findings;
  }
}

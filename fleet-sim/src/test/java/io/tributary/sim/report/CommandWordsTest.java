package io.tributary.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandWordsTest {
  @Test
  void options_may_stand_anywhere_and_the_last_counts() {
    CommandWords words = words("--seed", "1", "cook", "--quick", "--seed", "-2");

    assertThat(words.word()).isEqualTo("cook");
    assertThat(words.has("--quick")).isTrue();
    assertThat(words.number("--seed")).contains(-2L);
    assertThat(words.value("--file")).isEmpty();
    assertThat(words.askForHelp()).isFalse();
  }

  @Test
  void nothing_said_is_nothing_asked() {
    CommandWords words = words();

    assertThat(words.word()).isEmpty();
    assertThat(words.has("--quick")).isFalse();
    assertThat(words.number("--seed")).isEmpty();
  }

  @Test
  void help_has_two_names() {
    assertThat(words("-h").askForHelp()).isTrue();
    assertThat(words("cook", "--help").askForHelp()).isTrue();
  }

  @Test
  void what_is_not_known_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words("--fast"))
        .withMessage("--fast is not known");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words("cook", "eat"))
        .withMessage("eat is not known");
  }

  @Test
  void an_option_that_has_a_value_has_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words("cook", "--seed"))
        .withMessage("--seed has no value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words("--seed", "x").number("--seed"))
        .withMessage("--seed is x (expected: a number)");
  }

  private static CommandWords words(String... arguments) {
    return CommandWords.of(Set.of("--quick"), Set.of("--seed", "--file"), arguments);
  }
}

package io.tributary.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Schedule time = new Schedule();
  private final List<String> happened = new ArrayList<>();

  @Test
  void things_happen_in_order_of_time_and_then_of_their_making() {
    time.at(20, () -> happened.add("c"));
    time.at(10, () -> happened.add("a"));
    time.at(10, () -> happened.add("b"));

    time.run(100);

    assertThat(happened).containsExactly("a", "b", "c");
    assertThat(time.nowMicros()).isEqualTo(100);
  }

  @Test
  void what_is_due_at_the_end_does_not_happen() {
    time.at(100, () -> happened.add("late"));

    time.run(100);

    assertThat(happened).isEmpty();
  }

  @Test
  void the_past_cannot_be_changed() {
    time.at(50, () -> time.at(10, () -> happened.add("at " + time.nowMicros())));

    time.run(100);

    assertThat(happened).containsExactly("at 50");
  }
}

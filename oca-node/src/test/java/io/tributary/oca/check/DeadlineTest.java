package io.tributary.oca.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadlineTest {
  @Test
  @Timeout(30)
  void whatDoesNotListenIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    Deadline.Running<String> deaf =
        Deadline.begin(
            Duration.ofMillis(1),
            () -> {
              while (true) {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  // As a resolver or a disk does.
                }
              }
            });

    assertThatThrownBy(deaf::result)
        .isInstanceOf(Deadline.OverException.class)
        .hasMessage("nothing within 1 ms");
  }

  @Test
  void whatEndsInTimeIsAnswered() throws Exception {
    assertThat(Deadline.begin(Duration.ofMinutes(1), () -> "done").result()).isEqualTo("done");
  }
}

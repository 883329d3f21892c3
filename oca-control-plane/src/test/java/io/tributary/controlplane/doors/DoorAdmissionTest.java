package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.controlplane.doors.DoorAdmission.Answer;
import io.tributary.controlplane.doors.DoorAdmission.Kind;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DoorAdmissionTest {
  private static final int MOST = 32;
  private static final int SPREAD_SECONDS = 5;

  private final Random random = new Random(1);
  private final DoorAdmission admission =
      new DoorAdmission(MOST, Duration.ofSeconds(SPREAD_SECONDS), () -> random);

  @Test
  void soManyAreAdmitted_andTheNextOnceOneHasLeft() {
    admit(Kind.HEARTBEAT, MOST);

    assertInstanceOf(Answer.Refused.class, admission.enter(Kind.HEARTBEAT));
    admission.leave(Kind.HEARTBEAT);
    assertEquals(new Answer.Admitted(), admission.enter(Kind.HEARTBEAT));
    assertEquals(MOST, admission.inWork());
    assertEquals(1, admission.refused());
  }

  /** A resync of the whole fleet waits for the store; nodes must still be heard. */
  @Test
  void whatIsNoHeartbeatTakesAQuarter() {
    admit(Kind.OTHER, MOST / 4);

    assertInstanceOf(Answer.Refused.class, admission.enter(Kind.OTHER));
    admit(Kind.HEARTBEAT, MOST - MOST / 4);
    admission.leave(Kind.OTHER);
    assertEquals(new Answer.Admitted(), admission.enter(Kind.OTHER));
  }

  /** Strangers who never end their bodies must keep no node from its plan, or its certificate. */
  @Test
  void enrolmentsTakeASixteenth_besideTheQuarter() {
    admit(Kind.ENROLMENT, MOST / 16);

    assertInstanceOf(Answer.Refused.class, admission.enter(Kind.ENROLMENT));
    admit(Kind.OTHER, MOST / 4);
    admission.leave(Kind.ENROLMENT);
    admit(Kind.ENROLMENT, 1);
  }

  @Test
  void aRefusalTakesNoPlace() {
    admit(Kind.HEARTBEAT, MOST);
    for (int i = 0; i < 100; i++) {
      admission.enter(Kind.OTHER);
    }
    for (int i = 0; i < MOST; i++) {
      admission.leave(Kind.HEARTBEAT);
    }

    assertEquals(0, admission.inWork());
    admit(Kind.OTHER, MOST / 4);
  }

  @Test
  void theRefusedAreSpreadOverEachSecondOfTheSpread() {
    admit(Kind.HEARTBEAT, MOST);
    Set<Long> seconds = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      if (admission.enter(Kind.HEARTBEAT) instanceof Answer.Refused(Duration retryAfter)) {
        seconds.add(retryAfter.toSeconds());
      }
    }

    assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), seconds);
  }

  private void admit(Kind kind, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(new Answer.Admitted(), admission.enter(kind));
    }
  }
}

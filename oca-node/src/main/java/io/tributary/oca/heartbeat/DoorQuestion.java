package io.tributary.oca.heartbeat;

import io.tributary.oca.heartbeat.ControlPlane.RefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the node door, just as a node does, for something that changes nothing there: does it know
 * this node?
 */
public final class DoorQuestion {
  private DoorQuestion() {}

  /** What came back. */
  public sealed interface Answer {
    /** The door let this node in. */
    record Known() implements Answer {}

    /**
     * The door answered, and not with what was asked for.
     *
     * @param status of HTTP
     * @param detail as the door says it
     */
    record Refused(int status, String detail) implements Answer {}

    /**
     * No answer of a node door.
     *
     * @param reason in the words of whoever gave up
     */
    record None(String reason) implements Answer {}
  }

  /**
   * Asks.
   *
   * @param config with the one URL to ask
   * @param caller null before the first enrolment: a door then refuses with 401
   */
  public static Answer ask(
      ControlPlaneConfig config, @Nullable KeptIdentity caller, JsonMapper json)
      throws InterruptedException {
    try (HttpControlPlane door = new HttpControlPlane(config, json)) {
      door.become(caller == null ? null : caller.identity());
      door.revocations();
      return new Answer.Known();
    } catch (RefusedException e) {
      return new Answer.Refused(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Answer.None(String.valueOf(e.getMessage()));
    }
  }
}

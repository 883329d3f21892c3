package io.tributary.client.error;

import java.util.Locale;

/**
 * Everything a play can end with, as an app tells them apart. Codes are stable; more may come, so
 * an app's {@code switch} needs a default.
 */
public enum ErrorCode {
  /** There is no bearer token, or it is expired or foreign. */
  NOT_SIGNED_IN(false, "Get a new bearer token and open the title again."),
  /** The account is not known to the service. */
  UNKNOWN_ACCOUNT(false, "Ask the viewer to sign in with another account."),
  /** The account has no right to this title. */
  NOT_ENTITLED(false, "Tell the viewer that the title is not part of the account."),
  /** The title may not be played where the viewer is. */
  TERRITORY(false, "Tell the viewer that the title is not available here."),
  /** The account plays on as many devices as it may. */
  PLAY_LIMIT(false, "Ask the viewer to stop a play on another device."),
  /** No such title. */
  UNKNOWN_TITLE(false, "Check the title's id against the list of titles."),
  /** The play or its URLs have ended. */
  EXPIRED(false, "Open the title again; that starts a new play."),
  /** The title exists and no node holds it yet. */
  NOT_PLACED(true, "Try again in a minute: nodes are still being filled."),
  /** The service sheds load, or all nodes that hold the title are full. */
  OVERLOADED(true, "Try again later, after a random wait."),
  /** The service, or something it needs, is away. */
  UNAVAILABLE(true, "Try again later, after a random wait."),
  /** The service could not be reached at all. */
  UNREACHABLE(true, "Check the network and the base URL, then try again."),
  /** No node delivered the media, however often each was asked. */
  NODES_FAILED(true, "Open the title again; that asks for other nodes."),
  /** The service refused a request of this SDK as malformed. */
  REFUSED(false, "Update the SDK, or report this with the message."),
  /** An answer was not what the API promises. */
  BAD_ANSWER(false, "Check that the base URL is a Tributary gateway, and update the SDK."),
  /** The title has nothing this SDK can play. */
  UNPLAYABLE(false, "Report the title with the message."),
  /** A bug in the SDK or in a listener-free part of the app that it called. */
  INTERNAL(false, "Report this with the message and its cause.");

  private final boolean retryable;
  private final String whatToDo;

  ErrorCode(boolean retryable, String whatToDo) {
    this.retryable = retryable;
    this.whatToDo = whatToDo;
  }

  /** Whether the same call may succeed later with nothing changed. */
  public boolean retryable() {
    return retryable;
  }

  /** One English sentence for the app's developer. */
  public String whatToDo() {
    return whatToDo;
  }

  /** The code as logs and JSON write it, e.g. {@code not-entitled}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package io.tributary.ctl;

/** The next step after a refusal. Pure. */
public final class Advice {
  private static final String PROBLEM = "urn:tributary:problem:";

  private Advice() {}

  /** One sentence that says what to do now. */
  public static String on(AdminException refusal) {
    String type = refusal.type();
    String word = type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : "";
    return switch (word) {
      case "no-answer" ->
          "Check that the fleet runs (on this machine './tributary status' tells), and --url if given.";
      case "unauthenticated" ->
          "Get a new token of the fleet's issuer and name it with --token-file.";
      case "forbidden" -> "Use a token with the role operator or admin.";
      case "not-found" -> "The noun's verb 'list' shows what there is.";
      case "malformed", "invalid" -> "Correct the value; --help tells what each option takes.";
      case "conflict" -> "The verb 'show' or 'list' tells what is there already.";
      case "not-a-video" -> "Check the file with ffprobe; nothing of it was kept.";
      default ->
          refusal.isRetryable()
              ? "Try again in a moment; it may succeed then."
              : "Repeating it will not help; the log of the service behind the door tells more.";
    };
  }
}

package io.tributary.oca.serve;

import io.netty.handler.codec.http.HttpRequest;
import io.tributary.contracts.api.ProblemType;
import io.tributary.oca.serve.MediaRights.Right;
import io.tributary.oca.serve.OpenFiles.Opening;
import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.Lookup;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.StoredFile;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Finds the answer to a request: who asks, whether the file is held, which bytes, and the file
 * opened.
 *
 * <p>Safe for use by many threads; blocks on nothing. A token seen for the first time is checked,
 * and a file that is not open is opened, on threads of their own; all else is done by the caller.
 */
final class Answers {
  private final PackageStore store;
  private final OpenFiles files;
  private final MediaRights rights;
  private final TokenChecks checks;

  Answers(PackageStore store, OpenFiles files, MediaRights rights, TokenChecks checks) {
    this.store = store;
    this.files = files;
    this.rights = rights;
    this.checks = checks;
  }

  /**
   * Finds the answer to a request that is readable.
   *
   * @param loop the caller's own event loop, on which the answer is given
   * @param then called once, before this returns or later; never if the loop ends meanwhile
   */
  void find(MediaRequest asked, HttpRequest request, Executor loop, Consumer<Answer> then) {
    switch (asked) {
      case MediaRequest.Unreadable(Refusal refusal) ->
          then.accept(new Answer.Refused(refusal, Outcome.BAD_REQUEST));
      case MediaRequest.Refused(Refusal refusal, Outcome outcome) ->
          then.accept(new Answer.Refused(refusal, outcome));
      case MediaRequest.Preflight _ -> then.accept(new Answer.Preflight());
      case MediaRequest.Health _ -> then.accept(health());
      case MediaRequest.Media(MediaPath path) -> {
        switch (rights.recall(path)) {
          case Right.Unchecked _ -> check(path, request, loop, then);
          case Right.Granted _ -> granted(path, request, loop, then);
          case Right.Refused(Refusal refusal) -> then.accept(withoutRight(refusal));
        }
      }
    }
  }

  private Answer health() {
    return rights.isServing()
        ? new Answer.Healthy()
        : new Answer.Refused(
            Refusal.of(ProblemType.UNAVAILABLE, "node is not in service (expected: in service)"),
            Outcome.OTHER);
  }

  private void check(MediaPath path, HttpRequest request, Executor loop, Consumer<Answer> then) {
    boolean isTaken =
        checks.check(
            path,
            refusal ->
                onLoop(
                    loop,
                    () ->
                        refusal.ifPresentOrElse(
                            why -> then.accept(withoutRight(why)),
                            () -> granted(path, request, loop, then)),
                    () -> {}));
    if (!isTaken) {
      then.accept(
          new Answer.Refused(
              Refusal.of(
                  ProblemType.OVERLOADED, "too many tokens wait to be checked (expected: fewer)"),
              Outcome.UNAVAILABLE));
    }
  }

  private void granted(MediaPath path, HttpRequest request, Executor loop, Consumer<Answer> then) {
    switch (store.find(path.packagePath(), path.filePath())) {
      case Lookup.Unknown _ ->
          then.accept(
              new Answer.Refused(
                  Refusal.of(
                      ProblemType.NOT_FOUND,
                      "package or file is not held here (expected: one that is)"),
                  Outcome.NOT_FOUND));
      case Lookup.Dropped _ -> then.accept(dropped());
      case Lookup.Found(StoredFile file) -> found(file, request, loop, then);
    }
  }

  private void found(StoredFile file, HttpRequest request, Executor loop, Consumer<Answer> then) {
    switch (FileAnswer.decide(request, file)) {
      case FileAnswer.ConditionFailed _ ->
          then.accept(
              new Answer.Refused(
                  Refusal.of(
                      ProblemType.INVALID, 412, "condition is not met (expected: this file's tag)"),
                  Outcome.BAD_REQUEST));
      case FileAnswer.NotModified _ -> then.accept(new Answer.NotModified(file));
      case FileAnswer.RangeOutside _ -> then.accept(new Answer.RangeRefused(file));
      case FileAnswer.HeadersOnly _ -> then.accept(new Answer.HeadersOnly(file));
      case FileAnswer.Bytes bytes -> open(file, bytes, loop, then);
    }
  }

  private void open(StoredFile file, FileAnswer.Bytes bytes, Executor loop, Consumer<Answer> then) {
    OpenFile open = files.ifOpen(file);
    if (open != null) {
      then.accept(new Answer.Media(file, bytes, open));
      return;
    }
    files.open(
        file,
        opening ->
            onLoop(
                loop,
                () -> then.accept(opened(file, bytes, opening)),
                () -> {
                  if (opening instanceof Opening.Opened(OpenFile unsent)) {
                    unsent.letGo();
                  }
                }));
  }

  private static Answer opened(StoredFile file, FileAnswer.Bytes bytes, Opening opening) {
    return switch (opening) {
      case Opening.Opened(OpenFile open) -> new Answer.Media(file, bytes, open);
      case Opening.Wrong _ -> dropped();
      case Opening.Unreadable _ ->
          new Answer.Refused(
              Refusal.of(ProblemType.UNAVAILABLE, "file cannot be read now (expected: it can)"),
              Outcome.UNAVAILABLE);
      case Opening.Overloaded _ ->
          new Answer.Refused(
              Refusal.of(
                  ProblemType.OVERLOADED, "too many files wait to be opened (expected: fewer)"),
              Outcome.UNAVAILABLE);
    };
  }

  private static Answer dropped() {
    return new Answer.Refused(
        Refusal.of(
            ProblemType.UNAVAILABLE, "file is being fetched anew (expected: another node has it)"),
        Outcome.UNAVAILABLE);
  }

  private static Answer withoutRight(Refusal refusal) {
    Outcome outcome =
        switch (refusal.type()) {
          case UNAUTHENTICATED -> Outcome.UNAUTHENTICATED;
          case FORBIDDEN -> Outcome.FORBIDDEN;
          case NOT_FOUND -> Outcome.NOT_FOUND;
          default -> Outcome.UNAVAILABLE;
        };
    return new Answer.Refused(refusal, outcome);
  }

  /** Comes from another thread; the loop refuses only when the server has stopped. */
  private static void onLoop(Executor loop, Runnable step, Runnable ifEnded) {
    try {
      loop.execute(step);
    } catch (RejectedExecutionException e) {
      ifEnded.run();
    }
  }
}

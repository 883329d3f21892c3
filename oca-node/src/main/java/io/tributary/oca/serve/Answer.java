package io.tributary.oca.serve;

import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.StoredFile;

/** What a request gets, decided but not yet put into words of HTTP. */
sealed interface Answer {
  /** How the request ends once the answer has left whole. */
  Outcome outcome();

  /** A problem. */
  record Refused(Refusal refusal, Outcome outcome) implements Answer {}

  /** No byte of the range is in the file: a problem that tells its size. */
  record RangeRefused(StoredFile file) implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.BAD_REQUEST;
    }
  }

  /** What pages may ask for. */
  record Preflight() implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.OTHER;
    }
  }

  /** This node serves. */
  record Healthy() implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.OTHER;
    }
  }

  /** The client has the file already. */
  record NotModified(StoredFile file) implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.NOT_MODIFIED;
    }
  }

  /** The headers that the whole file would come with. */
  record HeadersOnly(StoredFile file) implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.SERVED;
    }
  }

  /** Bytes of a file; the open file is held for whoever sends them. */
  record Media(StoredFile file, FileAnswer.Bytes bytes, OpenFile open) implements Answer {
    @Override
    public Outcome outcome() {
      return Outcome.SERVED;
    }
  }
}

package io.tributary.controlplane.doors;

import io.tributary.contracts.api.ProblemType;
import io.tributary.controlplane.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one table from what went wrong to what the caller is told. */
@RestControllerAdvice
public final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RefusedException e) {
    return Problems.answer(e.type(), String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unavailable(StoreUnavailableException e) {
    return Problems.answer(ProblemType.UNAVAILABLE, "the store is away; try again");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e) {
    return BodyLimit.refusal(e)
        .map(detail -> Problems.answer(ProblemType.BODY_TOO_LARGE, detail))
        .orElseGet(() ->
            Problems.answer(
                ProblemType.MALFORMED,
                "the body could not be read: " + firstLine(e.getMostSpecificCause())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> method(HttpRequestMethodNotSupportedException e) {
    return Problems.answer(
        ProblemType.METHOD_NOT_ALLOWED,
        "method is " + e.getMethod() + " (expected: " + e.getSupportedHttpMethods() + ")");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mediaType(HttpMediaTypeNotSupportedException e) {
    return Problems.answer(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Content-Type is " + e.getContentType() + " (expected: application/json)");
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<ProblemDetail> noPath() {
    return Problems.answer(ProblemType.NOT_FOUND, "there is no such path");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> other(Exception e) {
    if (e instanceof ErrorResponse told && told.getStatusCode().is4xxClientError()) {
      return Problems.answer(ProblemType.MALFORMED, firstLine(e));
    }
    LOG.error("request=failed", e);
    return Problems.answer(ProblemType.INTERNAL, "a bug; the log has it");
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}

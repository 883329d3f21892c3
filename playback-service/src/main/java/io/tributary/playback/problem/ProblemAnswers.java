package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.AnswerMarks;
import io.tributary.playback.store.StoreAwayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Every failure of a request as a problem, in one place. */
@RestControllerAdvice
public final class ProblemAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
  private static final String RETRY_AFTER_SECONDS = "1";

  @ExceptionHandler
  ResponseEntity<ProblemBody> refused(Problem problem) {
    ResponseEntity<ProblemBody> answer =
        answer(problem.type(), String.valueOf(problem.getMessage()));
    if (!problem.mayBeKnownElsewhere()) {
      return answer;
    }
    HttpHeaders headers = new HttpHeaders(answer.getHeaders());
    headers.set(AnswerMarks.NOT_KNOWN_HERE, "true");
    return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> storeAway(StoreAwayException away) {
    return answer(ProblemType.UNAVAILABLE, "the store is away (expected: retry in some seconds)");
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> unreadable(HttpMessageNotReadableException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return answer(ProblemType.BODY_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
      }
      if (cause instanceof Problem problem) {
        return refused(problem);
      }
      if (cause instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
        return answer(
            ProblemType.MALFORMED,
            Problem.quoted(String.valueOf(mismatch.getPath().getLast().getPropertyName()))
                + " is missing or of another type (expected: see the API's description)");
      }
      if (cause instanceof JacksonException json) {
        return answer(
            ProblemType.MALFORMED,
            "body is not JSON: " + Problem.quoted(json.getOriginalMessage()));
      }
    }
    return answer(ProblemType.MALFORMED, "body is missing or unreadable (expected: a JSON object)");
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> wrongMediaType(HttpMediaTypeNotSupportedException failure) {
    return answer(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Content-Type is "
            + (failure.getContentType() == null ? "missing" : failure.getContentType())
            + " (expected: application/json)");
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> notAcceptable(HttpMediaTypeNotAcceptableException failure) {
    return answer(ProblemType.MALFORMED, "Accept is none of " + failure.getSupportedMediaTypes());
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> wrongMethod(HttpRequestMethodNotSupportedException failure) {
    return answer(
        ProblemType.METHOD_NOT_ALLOWED,
        "method is "
            + Problem.quoted(failure.getMethod())
            + " (expected: "
            + failure.getSupportedHttpMethods()
            + ")");
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<ProblemBody> noSuchPath(Exception failure) {
    return answer(ProblemType.NOT_FOUND, "there is no such path");
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> wrongParameter(MethodArgumentTypeMismatchException failure) {
    return answer(
        ProblemType.INVALID,
        failure.getName() + " is " + Problem.quoted(String.valueOf(failure.getValue())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> missingParameter(ServletRequestBindingException failure) {
    return answer(ProblemType.MALFORMED, String.valueOf(failure.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemBody> anythingElse(Exception bug) {
    LOG.error("event=request-failed", bug);
    return answer(ProblemType.INTERNAL, "this is a fault of the service");
  }

  /** The answer of a type. */
  static ResponseEntity<ProblemBody> answer(ProblemType type, String detail) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(type.status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    if (type.retryable()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (type == ProblemType.UNAUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tributary\"");
    }
    return answer.body(ProblemBody.of(type, detail));
  }
}

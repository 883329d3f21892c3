package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the container refuses before any handler is asked, as a problem too. */
@RestController
public final class ErrorPage implements ErrorController {
  @RequestMapping("/error")
  ResponseEntity<ProblemBody> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer known ? known : 404;
    ProblemType type =
        Arrays.stream(ProblemType.values())
            .filter(candidate -> candidate.status() == code)
            .findFirst()
            .orElse(code < 500 ? ProblemType.MALFORMED : ProblemType.INTERNAL);
    return ProblemAnswers.answer(
        type, type == ProblemType.NOT_FOUND ? "there is no such path" : "the request was refused");
  }
}

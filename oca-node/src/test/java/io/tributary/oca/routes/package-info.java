@NullMarked
package io.tributary.oca.routes;

import org.jspecify.annotations.NullMarked;

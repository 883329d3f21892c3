@NullMarked
package io.tributary.oca.serve;

import org.jspecify.annotations.NullMarked;

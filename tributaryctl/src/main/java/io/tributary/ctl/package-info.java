@NullMarked
package io.tributary.ctl;

import org.jspecify.annotations.NullMarked;

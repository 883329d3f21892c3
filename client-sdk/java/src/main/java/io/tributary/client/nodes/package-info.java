/** Which node to ask next: the play's ranking, and who has lost its trust. Pure. */
@NullMarked
package io.tributary.client.nodes;

import org.jspecify.annotations.NullMarked;

/* Every test here signs people in. What that costs (32 MB and three passes each time) was nine
 * tenths of what such a test costs, and is asked for in test_office_sign_in.c and in
 * test_password.c. */
#include "seal/password.h"

__attribute__((constructor)) static void sign_in_cheaply(void)
{
    password_cheap(true);
}

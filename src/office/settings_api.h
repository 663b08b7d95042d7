/* Settings by the API: the same rows and checks as the page's and the command's (press/setting.h).
 */
#pragma once

#include "office/api.h"

extern const ApiRoute settings_api[];

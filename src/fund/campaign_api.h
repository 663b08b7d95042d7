/* Campaigns by the API: what the paper asks its readers for, with its letter (campaign.h). */
#pragma once

#include "office/api.h"

extern const ApiRoute campaign_api[];

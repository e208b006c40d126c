"""Small files of statistics as producers lay them out; numbers are made up, or a few that everybody publishes."""

#: indicators as the bank lays them out: four lines before the heading, years across
WDI = """\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2024-05-30",

"Country Name","Country Code","Indicator Name","Indicator Code","2004","2005","2006",
"Azerbaijan","AZE","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","203600000","623200000.5","",
"Tajikistan","TJK","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","252000000","466700000","1018500000",
"Europe & Central Asia","ECS","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","1","2","3",
"Andorra","AND","Personal remittances, received (current US$)","BX.TRF.PWKR.CD.DT","","","",
"""
MATRIX = """origin_m49,origin_name,dest_m49,dest_name,year,sex,persons
643.0,Russian Federation,480.0,Mauritius*,2005,all,34.0
31.0,Azerbaijan*,643.0,Russian Federation,2005,all,866843.0
31.0,Azerbaijan*,643.0,Russian Federation,2005,female,406000.0
643.0,Russian Federation,31.0,Azerbaijan*,2005,all,169000.0
900.0,World,31.0,Azerbaijan*,2005,all,301834.0
957.0,Polynesia*,31.0,Azerbaijan*,2005,all,1.0
2003.0,Other,31.0,Azerbaijan*,2005,all,0
"""

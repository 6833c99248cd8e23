"""Lists of names from many cultures. People are put together from them; any likeness is chance."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


GIVEN: dict[str, tuple[str, ...]] = {
    "latino": _words(
        """
        Sofía Mateo Valentina Diego Camila Santiago Lucía Emiliano Ximena Leonel Isabella Ángel
        Mariana Joaquín Daniela Andrés Renata Iker Natalia Julián Guadalupe Rafael Paloma
        Ezequiel Itzel Marisol Adrián Alondra Tadeo Fernanda Rogelio Yaretzi Esteban Araceli
        Gael Noemí Ignacio Citlali Omar Dulce
        """
    ),
    "white": _words(
        """
        Emma Liam Olivia Noah Ava Wyatt Harper Mason Chloe Ethan Hazel Owen Lily Caleb Nora
        Henry Ivy Jack Ruby Samuel Clara Everett Violet Miles Stella Theo Maeve Graham Alice
        Simon Phoebe Wesley Audrey Felix Penelope Silas Beatrice Amos Eloise Jonah
        """
    ),
    "black": _words(
        """
        Amara Malik Imani Isaiah Nia Jalen Zoe Elijah Kiara Darius Aaliyah Xavier Naomi Andre
        Ebony Marcus Simone Tyrell Maya Langston Jada Quincy Kennedi Terrence Zuri Desmond Nyla
        Cedric Sanaa Micah Brielle Jamal Kenya Solomon Ayana Roland Amari Deja Hakeem Monique
        """
    ),
    "chinese": _words(
        """
        Mei Wei Jia Hao Lin Jun Xin Ming Yan Bo Hui Kai Ling Feng Ying Chen Na Rui Fang Yi Qiao
        Zhen Lan Shan Winnie Kelvin Vivian Jason Karen Eric Grace Calvin Joyce Derek Cindy
        Raymond
        """
    ),
    "hmong": _words(
        """
        Mai Pa Kou Tou Yer Pheng Nou Chue Maly Fue Kia Xeng Bao Toua Sheng Meng Pahoua Vang_Meng
        Gaonou Long Panhia Chong Mai_See Tou_Ger Paj_Ntaub Lee_Meng Kalia Sue Ntxhi Hlee Tong
        Zong Xai Pakou Nhia Teng
        """
    ),
    "southasian": _words(
        """
        Aarav Simran Arjun Harpreet Rohan Jasleen Vikram Anaya Gurpreet Priya Manveer Diya Karan
        Navjot Ishaan Meera Jaskaran Anjali Sukhman Tara Rajvir Kavya Amrit Pooja Dev Kirpa
        Nikhil Asha Parveen Zoya
        """
    ),
    "filipino": _words(
        """
        Angelo Maricel Joshua Bea Carlo Althea Miguel Jasmine Paolo Tala Emmanuel Rhea Jericho
        Divina Marco Luz Rafael Mayumi Jomar Ligaya Benedict Analyn Nico Corazon Gino Dalisay
        Arvin Perla Dante Hiraya
        """
    ),
    "slavic": _words(
        """
        Anastasia Maksim Daria Ivan Sofiya Nikita Polina Artem Yelena Bogdan Kateryna Timofey
        Vera Oleksandr Milana Andriy Oksana Denis Zlata Roman Alina Stepan Larisa Yaroslav Nadia
        Viktor Ulyana Lev Taras Mariya
        """
    ),
    "vietnamese": _words(
        """
        Linh Minh An Huy Thảo Khang Vy Bảo Trang Phúc Ngọc Long Hà Quân My Đạt Lan Tuấn Chi Nam
        Hạnh Khoa Kim Sơn Diễm Thiên Mai Duy Oanh Tâm
        """
    ),
    "pacific": _words(
        """
        Sione Mele Tevita Ana Semisi Lupe Viliami Sela Tomasi Leilani Manu Litia Josefa Salote
        Ratu Kesaia Malia Fetu Tiana Samisoni Lagi Eseta Isikeli Moana Losa Pita
        """
    ),
    "arabic": _words(
        """
        Layla Omar Noor Yusuf Maryam Karim Salma Hamza Rania Bilal Huda Tariq Amina Khalid Farah
        Zaid Dalia Samir Yasmin Idris Lina Rami Nadine Faris Hanan Ziad
        """
    ),
    "afghan": _words(
        """
        Zahra Farid Shabnam Haroon Parwana Edris Nargis Jawad Laila Sohrab Mursal Najib Roya
        Omid Sahar Basir Freshta Mirwais Hosna Temur Palwasha Rahim Storai Wali
        """
    ),
    "mien": _words(
        """
        Nai Fou Meuy Kao Lai Sou Muang Chiem San Yien Farm Koy Nae Seng Moung Liem Cheng Faye
        Choy Sarn
        """
    ),
    "lao": _words(
        """
        Bounmy Khamla Noy Sengdao Vilay Phone Dara Souk Manivone Thong Chanthy Keo Latsamy
        Somchai Malai Boun Davanh Kham Sokha Rithy
        """
    ),
}
"""Given names by culture."""

SURNAMES: dict[str, tuple[str, ...]] = {
    "latino": _words(
        """
        García Hernández Ramírez Flores Mendoza Ortega Castillo Vargas Rojas Delgado Navarro
        Campos Guerrero Salazar Cervantes Ibarra Figueroa Cárdenas Zamora Villanueva Bautista
        Arellano Quintero Madrigal Serrano Montes Olvera Tapia Barrera Ledesma Covarrubias
        Espinoza Nava Ochoa Macías Trujillo Sandoval Solís Rentería Ybarra
        """
    ),
    "white": _words(
        """
        Anderson Baker Clark Davis Evans Fisher Graves Harris Irwin Jensen Keller Lawson Morrow
        Nash Olsen Parker Quinn Reed Sawyer Thornton Underhill Vance Weaver Yates Abbott Brennan
        Caldwell Dempsey Ellison Foley Gallagher Hobbs Ingram Kowalski Lindqvist Marsh Novak
        Petrie Rossi Schaefer
        """
    ),
    "black": _words(
        """
        Washington Jefferson Brooks Coleman Dixon Freeman Gaines Hayes Jackson Kendrick Lewis
        Mayfield Nelson Okafor Pierce Robinson Simmons Tate Upshaw Vaughn Whitfield Booker
        Chambers Dupree Ellington Fields Goodwin Holloway Ivory Jordan Ladd Mosley Osborne
        Pettway Ransom Sterling Toliver Wilkes Bivens Cromwell
        """
    ),
    "chinese": _words(
        """
        Chan Wong Li Zhang Huang Lam Liu Chen Ng Zhou Kwan Leung Ho Ma Xu Yip Tse Deng Fong Guan
        Liang Mak Pan Situ Szeto Tang Wu Yee Zhao Zhu
        """
    ),
    "hmong": _words(
        """
        Vang Xiong Yang Lee Thao Moua Her Lor Vue Cha Hang Kue Khang Cheng Fang Chue Kong Pha
        """
    ),
    "southasian": _words(
        """
        Singh Kaur Sandhu Gill Dhillon Sidhu Patel Sharma Grewal Prasad Lal Kumar Chand Bains
        Sahota Johal Nair Reddy Iyer Mann Ram Narayan Khan Qureshi
        """
    ),
    "filipino": _words(
        """
        Reyes Santos Cruz Bautista Ocampo Aquino Mercado Pascual Dizon Villaluz Manalo Lacson
        Magsaysay Tolentino Agbayani Salonga Baluyot Catacutan Dimaculangan Evangelista
        """
    ),
    "slavic": _words(
        """
        Petrenko Ivanov Kovalenko Sokolov Shevchuk Morozov Bondarenko Volkov Tkachenko Pavlov
        Melnyk Orlov Kravchuk Lebedev Savchenko Popov Lysenko Zaytsev Rudenko Belov
        """
    ),
    "vietnamese": _words(
        """
        Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mạc Cao Tô
        """
    ),
    "pacific": _words(
        """
        Fonua Taufa Vainikolo Tupou Lolohea Moala Kaufusi Latu Fifita Pulu Naidu Waqa Tuilagi
        Leota Sapolu Tuivasa Vea Mahe
        """
    ),
    "arabic": _words(
        """
        Haddad Mansour Khoury Nasser Saleh Farouk Aziz Hamdan Qasim Jaber Awad Shaheen Barakat
        Zein Habibi Sabbagh
        """
    ),
    "afghan": _words(
        """
        Ahmadi Rahimi Noori Karimi Sharifi Wardak Popal Stanekzai Azimi Haidari Safi Yousufi
        Amiri Nazari Sadat Hakimi
        """
    ),
    "mien": _words(
        """
        Saechao Saelee Saephan Saeteurn Saechin Saetern Saefong Saelor
        """
    ),
    "lao": _words(
        """
        Phommasone Vongsa Sisavath Keomany Souvannarath Inthavong Chanthavong Sayasith Prum Sok
        Chhim Meas
        """
    ),
}
"""Surnames by culture."""

CULTURE_OF = {
    "es": "latino", "hmn": "hmong", "zh": "chinese", "yue": "chinese", "vi": "vietnamese", "ru": "slavic",
    "uk": "slavic", "pa": "southasian", "hi": "southasian", "ar": "arabic", "fa": "afghan", "ps": "afghan",
    "tl": "filipino", "ium": "mien", "to": "pacific", "lo": "lao",
}  # fmt: skip
"""The list of names for a home's language (BCP 47)."""
